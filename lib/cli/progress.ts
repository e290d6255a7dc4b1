/** Says each step once, however many questions it takes. */
export function progressOf(
  whose: string,
  { quiet }: { readonly quiet?: boolean },
): (what: string) => void {
  let last = '';
  return (what) => {
    if (!quiet && what !== last) process.stderr.write(`${whose}: ${what}…\n`);
    last = what;
  };
}

/** Said whatever is quiet: it does not mend itself. */
export const warn = (lines: readonly string[]): void => {
  for (const line of lines) process.stderr.write(`warning: ${line}\n`);
};
