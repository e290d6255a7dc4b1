import { compareText } from '../../foundation';
import type { RunbookFacts } from './facts';
import { burning, linked } from './is-it-us';
import { code, joined, listed, table } from './markdown';

/** Who calls it, by the number of calls between them, and people outside. */
export function whoIsHurt(facts: RunbookFacts): string {
  const { service, dependents, workloads, edges } = facts;
  const own = workloads.find(({ name }) => name === service);
  const hard = [...dependents].sort((a, b) => a.hops - b.hops || compareText(a.name, b.name));
  const soft = edges.filter((edge) => edge.to === service && edge.soft).map(({ from }) => from);
  const hosts = (name: string): string =>
    workloads.some((each) => each.name === name && each.exposure) ? 'yes' : '';
  const rows = [
    ...hard.map(({ name, hops }) => [
      linked(facts, { to: name, kind: 'workload' }),
      hops === 1 ? 'calls it' : `over ${hops} calls`,
      hosts(name),
    ]),
    ...soft
      .filter((name) => !dependents.some((each) => each.name === name))
      .map((name) => [
        linked(facts, { to: name, kind: 'workload' }),
        'should do without',
        hosts(name),
      ]),
  ];
  const promising = hard
    .map(({ name }) => name)
    .filter((name) => workloads.some((each) => each.name === name && each.objectives));
  const others = own?.publication?.to ?? [];
  const isAlone = rows.length === 0 && others.length === 0;
  return joined(
    '## Who is hurt?',
    own?.exposure ? 'People outside reach it: they see its failures at once.' : '',
    table(['who', 'how', 'people outside reach it'], rows),
    others.length > 0
      ? `Other applications may call it: ${listed(others.map(code))}. Tell their teams.`
      : '',
    burning(facts, promising, 'Who of them burns now:'),
    isAlone && !own?.exposure ? 'Nothing calls it: what it does comes late, or is not done.' : '',
  );
}
