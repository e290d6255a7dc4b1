import { setTimeout as sleep } from 'node:timers/promises';
import type { Failure, ServerError } from './error';
import type { Endpoint } from './options';

/** Asks until there is an answer: what may be gone in a moment is asked again. @throws what the failure is made into */
export async function patiently<Answer extends object>(
  endpoint: Endpoint,
  once: () => Promise<Answer | Failure>,
  errorOf: (failure: Failure) => ServerError,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await once();
    if (!isFailure(answer)) return answer;
    const error = errorOf(answer);
    if (!error.isTransient || attempt >= endpoint.retries.attempts) throw error;
    await pause(endpoint, attempt, answer, signal, error);
  }
}

/** Whether there is no answer. */
export const isFailure = (answer: object): answer is Failure => 'fault' in answer;

async function pause(
  endpoint: Endpoint,
  attempt: number,
  { retryAfterSeconds = 0 }: Failure,
  signal: AbortSignal | undefined,
  error: ServerError,
): Promise<void> {
  const { firstPauseSeconds, longestPauseSeconds } = endpoint.retries;
  const growing = firstPauseSeconds * 2 ** (attempt - 1);
  const seconds = Math.min(Math.max(growing, retryAfterSeconds), longestPauseSeconds);
  try {
    await sleep(seconds * 1000, undefined, signal && { signal });
  } catch {
    // Whoever waits no longer learns of the fault before.
    throw error;
  }
}
