import { setTimeout as sleep } from 'node:timers/promises';
import { rehearsedRoutes } from '../../../lib/rehearsal';
import type { Binaries, Notification, Watched } from '../../../lib/rehearsal';
import { parse } from 'yaml';
import { exampleOf, pageOf } from '../../docs/examples';
import { findAssets } from '../assets';

/** The servers of the tests. @throws what to run when they are not there */
export function binaries(): Binaries {
  const found = findAssets();
  if (typeof found === 'string') throw new Error(found);
  return found;
}

export const now = (): number => Date.now();

/** What docs/slo.md recommends, with a webhook in the place of each receiver. */
export const recommended =
  (wait: string, interval: string): Watched['routes'] =>
  (address) => {
    const { route, receivers } = parse(
      exampleOf(pageOf('docs/slo.md'), 'alertmanager.yml'),
    ) as { readonly route: object; readonly receivers: readonly { readonly name: string }[] };
    const configured = rehearsedRoutes({ route: { receiver: 'none' }, receivers }, 1, address);
    return { ...configured, route: { ...route, group_wait: wait, group_interval: interval } };
  };

/** What came to a receiver. */
export const toldTo = (
  receiver: string,
  received: readonly Notification[],
): readonly Notification[] => received.filter((each) => each.receiver === receiver);

/** Waits until something is so. @throws after a while, with what it waited for */
export async function until(
  what: string,
  isSo: () => Promise<boolean> | boolean,
  seconds = 60,
): Promise<void> {
  const last = Date.now() + seconds * 1000;
  while (!(await isSo())) {
    if (Date.now() > last) throw new Error(`${what}: not within ${seconds} s`);
    await sleep(50);
  }
}
