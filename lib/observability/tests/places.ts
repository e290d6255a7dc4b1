import { known, type InputSeries, type Timeline } from './input';

/** The environment of a test in which a fault is. Tests make theirs up: rules know none. */
export const ONE = 'one';
/** Another application, with a workload of the same name and the same fault. */
export const OTHER = 'another-application';

export const namespaceIn = (application: string, environment: string): string =>
  `${application}-${environment}`;

/** The series of one namespace. */
export type Happening = (namespace: string, timeline: Timeline) => readonly InputSeries[];

/** What an alert tells apart. */
export interface Happenings {
  readonly fault: Happening;
  readonly healthy: Happening;
  /** What looks like the fault and is none. */
  readonly lookalike?: Happening;
}

/**
 * A fault in one environment and in another application; in the other environments of the application all is well, or looks like the fault,
 * or there are no series at all.
 */
export function inPlaces(
  application: string,
  { fault, healthy, lookalike }: Happenings,
  timeline: Timeline,
): readonly InputSeries[] {
  const environments: readonly (readonly [string, Happening])[] = [
    [ONE, fault],
    ['two', healthy],
    ...(lookalike ? [['three', lookalike] as const] : []),
    ['bare', () => []],
  ];
  return [
    ...environments.flatMap(([environment, happening]) => {
      const namespace = namespaceIn(application, environment);
      return [
        known(application, environment, namespace, timeline),
        ...happening(namespace, timeline),
      ];
    }),
    known(OTHER, ONE, OTHER, timeline),
    ...fault(OTHER, timeline),
  ];
}
