import { RehearsalError } from '../rehearsal';
import { rehearsalText } from './binaries';
import { UsageError } from './exit-code';

/** Runs what has servers of its own, which end with it when somebody interrupts it. @throws UsageError */
export async function interruptible<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interrupted = new AbortController();
  const stop = (): void => {
    interrupted.abort();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    return await run(interrupted.signal);
  } catch (error) {
    if (interrupted.signal.aborted) throw new UsageError('it was interrupted.');
    if (error instanceof RehearsalError) throw new UsageError(rehearsalText(error));
    throw error;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}
