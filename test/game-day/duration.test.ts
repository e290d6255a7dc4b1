import { describe, expect, it } from '@jest/globals';
import {
  experimentsOf,
  floorsOf,
  longOthersText,
  ofADay,
  placeOf,
  plannedOf,
  planPage,
  type Experiment,
  type Planned,
} from '../../lib/game-day';
import { shop } from './models';

const daily = shop({
  workloads: shop().workloads.map((each) =>
    each.schedule ? { ...each, schedule: { ...each.schedule, cron: '0 7 * * 1-5' } } : each,
  ),
});
const all = (model = daily): readonly Experiment[] =>
  experimentsOf(
    model,
    model.environments.find(({ name }) => name === 'staging'),
  );

const planned = (experiments: readonly Experiment[]): Planned => {
  const environment = daily.environments.find(({ name }) => name === 'staging')!;
  const ids = experiments.map(({ id }) => id);
  return plannedOf(
    {
      place: placeOf(daily, environment, [daily]),
      floors: floorsOf(0.5),
      cluster: { prometheus: 'http://prometheus:9090' },
      others: all().flatMap(({ id }) => (ids.includes(id) ? [] : [id])),
      checked: { by: 'nobody' },
    },
    experiments,
  );
};
const only = (id: string): readonly Experiment[] => all().filter((each) => each.id === id);

describe('a game day of which nobody chooses the experiments', () => {
  it('has none for which people would wait for days, and says which', () => {
    const chosen = ofADay(all());
    expect(chosen.map(({ claim }) => claim.kind)).not.toContain('schedule');
    expect(ofADay(all(shop())).map(({ id }) => id)).toContain('suspend-report');
    const said =
      'Left out unless they are asked for, since they take longer than half a working day: suspend-report (3 d).';
    expect(longOthersText(planned(chosen))).toBe(said);
    expect(planPage(planned(chosen))).toContain(`\n\n${said}\n`);
  });

  it('has it where there is no other', () => {
    expect(ofADay(only('suspend-report'))).toHaveLength(1);
  });
});

describe('the first words of a plan', () => {
  const top = (experiments: readonly Experiment[]): string =>
    planPage(planned(experiments)).split('## Scope')[0] ?? '';

  it('say how long it takes', () => {
    expect(top(only('kill-pod-of-orders'))).toContain('\n\nIt takes 16 min in all.\n');
    expect(top(ofADay(all()))).toMatch(
      /\n\nIt takes \d h in all, more than half a working day: hold it in parts, with --experiment\.\n/,
    );
  });

  it('say what takes days, and that nobody waits for it', () => {
    expect(top(only('suspend-report'))).toContain(
      'It takes 3 d in all, since its ticket comes no sooner: suspend-report (3 d). Nobody waits beside it:',
    );
    expect(top(all())).toContain('suspend-report (3 d). Hold each as a game day of its own');
  });
});
