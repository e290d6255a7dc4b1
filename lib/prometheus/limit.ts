/** Runs what it is given, a few at a time and in the order in which they came. */
export function limited(atOnce: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running >= atOnce) await new Promise<void>((go) => waiting.push(go));
    else running++;
    try {
      return await task();
    } finally {
      // The place goes on to the next, so nobody who comes now overtakes it.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
