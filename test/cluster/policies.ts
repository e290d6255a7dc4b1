import { setTimeout as sleep } from 'node:timers/promises';
import { listed } from './kubectl';
import type { Stored } from './objects';

/** A policy as the server stores it. */
export interface StoredPolicy extends Stored {
  readonly status?: {
    readonly observedGeneration?: number;
    readonly typeChecking?: {
      readonly expressionWarnings?: readonly { readonly warning: string }[];
    };
  };
}

const SECONDS = 120;

/** Waits until the status controller has checked the types of every policy; a cluster without it has them unchecked. */
export async function typeChecked(): Promise<readonly StoredPolicy[]> {
  const end = Date.now() + SECONDS * 1000;
  for (;;) {
    const policies = await listed<StoredPolicy>(['get', 'validatingadmissionpolicies']);
    const waiting = policies.filter(
      ({ metadata, status }) => status?.observedGeneration !== metadata.generation,
    );
    if (process.env.GOLDEN_PATH_TYPES === 'unchecked') return policies;
    if (policies.length > 0 && waiting.length === 0) return policies;
    if (Date.now() > end) {
      const names = waiting.map(({ metadata }) => metadata.name).join(', ');
      throw new Error(`After ${SECONDS} s nothing has checked the types of ${names}.`);
    }
    await sleep(300);
  }
}
