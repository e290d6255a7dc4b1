import { describe, expect, it } from '@jest/globals';
import { carryOut, decide, type ActFacts, type Kubectl, type Outcome } from '../../../lib/response';
import { withEntry, type LogEntry } from '../../../lib/response/act/log';
import { entry, factsOf } from './facts-of';

/** The log of a namespace as an API server keeps it, and what else was done there. */
class Namespace {
  public readonly done: string[] = [];
  public data: Readonly<Record<string, string>> = {};
  /** What happens before it is read. */
  public before: () => void = () => undefined;
  #version = 0;

  public readonly kubectl: Kubectl = (words, input) => {
    if (words[0] === 'get') {
      this.before();
      const metadata = { resourceVersion: String(this.#version) };
      return said(this.#version > 0 ? JSON.stringify({ metadata, data: this.data }) : '');
    }
    if (input) {
      this.data = (input as { data: Readonly<Record<string, string>> }).data;
      this.#version++;
    } else this.done.push(words.join(' '));
    return said('');
  };

  public has(...entries: readonly LogEntry[]): void {
    this.data = {};
    for (const each of entries) {
      void this.kubectl(['create'], withEntry({ entries: new Map() }, each));
    }
    if (entries.length === 0) this.#version++;
  }
}

const said = (stdout: string) => Promise.resolve({ status: 0, stdout, stderr: '' });

function act(own: Namespace, other: Namespace, facts: ActFacts): Promise<Outcome> {
  const plan = decide(facts);
  if (plan.kind === 'refusal') throw new Error(plan.reasons.join());
  const where = { own: own.kubectl, elsewhere: [other.kubectl] };
  return carryOut(where, facts, plan, { entries: new Map() });
}

const claim = (minutesAgo: number): LogEntry =>
  entry(minutesAgo, { service: 'stock', outcome: 'begun' });
const facts = factsOf('scale-out');

describe('two responders in connected namespaces', () => {
  it('yields to the earlier one, and withdraws its claim', async () => {
    const [own, other] = [new Namespace(), new Namespace()];
    other.has(claim(1));
    expect(await act(own, other, facts)).toEqual({
      is: 'forestalled',
      why: 'somebody else acts on stock, which is connected with it: scale-out',
    });
    expect([own.done, own.data]).toEqual([[], {}]);
  });

  it('acts once the later one has withdrawn its claim', async () => {
    const [own, other] = [new Namespace(), new Namespace()];
    other.has(claim(-1));
    let looks = 0;
    other.before = () => {
      if (++looks === 2) other.has();
    };
    expect(await act(own, other, facts)).toEqual({ is: 'done' });
    expect(own.done).toHaveLength(1);
  });

  it('never acts beside a later one that stays', async () => {
    const [own, other] = [new Namespace(), new Namespace()];
    other.has(claim(-1));
    expect(await act(own, other, facts)).toMatchObject({ is: 'forestalled' });
    expect([own.done, own.data]).toEqual([[], {}]);
  }, 15_000);

  it('does not act where it cannot see the others', async () => {
    const own = new Namespace();
    const blind = new Namespace();
    const kubectl: Kubectl = () => Promise.resolve({ status: 1, stdout: '', stderr: 'Forbidden' });
    const other = Object.assign(blind, { kubectl });
    expect(await act(own, other, facts)).toEqual({
      is: 'forestalled',
      why: 'whether somebody else acts is not known: the log of actions: Forbidden',
    });
    expect(own.done).toEqual([]);
  });
});
