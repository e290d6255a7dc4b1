import {
  Application,
  Capacity,
  Dns,
  Environment,
  Platform,
  ScheduledJob,
  WebService,
  Worker,
  type EnvironmentProps,
  type PerEnvironment,
  type Problem,
  type ProblemCode,
} from '../../../lib';
import { synthesize, synthesizeIn } from '../../../lib/testing';

export type Case = () => readonly Problem[];
export const good = { image: 'x/y:1', port: 8080, health: '/ready' } as const;
export const bare: EnvironmentProps = {
  network: { dns: Dns.kubeDns() },
  capacity: Capacity.single(),
};

/** Props as plain JavaScript or `ts-node -T` would let them through. */
export const untyped = (props: unknown): never => props as never;

export const web = (props: object, id = 'orders'): Case => {
  return () =>
    synthesizeIn((app) => new WebService(app, id, untyped({ ...good, ...props }))).problems;
};
export const worker = (props: object): Case => {
  return () =>
    synthesizeIn((app) => new Worker(app, 'w', untyped({ image: 'x/y:1', ...props }))).problems;
};
export const job = (props: object): Case => {
  const whole = { image: 'x/y:1', schedule: '0 3 * * *', ...props };
  return () => synthesizeIn((app) => new ScheduledJob(app, 'j', untyped(whole))).problems;
};
export const inside = (make: (app: Application) => unknown): Case => {
  return () => synthesizeIn(make).problems;
};
export const under = (make: (platform: Platform) => unknown): Case => {
  return () => synthesize(make).problems;
};
/** A service in one environment with these facts. */
export const bound = (facts: object, props: object = {}, defaults: object = {}): Case => {
  return () => {
    const environment = new Environment('dev', untyped({ ...bare, ...facts }));
    const platform = (): Platform => new Platform({ environments: [environment], defaults });
    return synthesize((app) => {
      const shop = new Application(app, 'shop', { owner: 'team-a' });
      new WebService(shop, 'orders', untyped({ ...good, ...props }));
    }, platform).problems;
  };
};
export const values = (given: object): PerEnvironment => given as PerEnvironment;

/** For each code, ways to get it, and the message in full. */
export type Cases = Readonly<Partial<Record<ProblemCode, readonly (readonly [Case, string])[]>>>;
