import { describe, expect, it } from '@jest/globals';
import { external, problemCodes, renderProblem, soft, WebService, Worker } from '../../../lib';
import { synthesizeIn } from '../../../lib/testing';
import { casesAToH } from './cases-a-to-h';
import { casesIToZ } from './cases-i-to-z';
import { casesOfBrokers } from './cases-of-brokers';
import { casesOfContracts } from './cases-of-contracts';
import { casesOfFeasibility } from './cases-of-feasibility';
import { casesOfDashboards } from './cases-of-dashboards';
import { casesOfGameDays } from './cases-of-game-days';
import { casesOfGuardrails } from './cases-of-guardrails';
import { casesOfIdentity } from './cases-of-identity';
import { casesOfMigrations } from './cases-of-migrations';
import { casesOfObjectives } from './cases-of-objectives';
import { casesOfOnCall } from './cases-of-on-call';
import { casesOfRunbooks } from './cases-of-runbooks';
import { casesOfRuntimes } from './cases-of-runtimes';
import { casesOfTelemetry } from './cases-of-telemetry';
import { casesOfScaling } from './cases-of-scaling';
import { casesOfServices } from './cases-of-services';
import { casesOfSizing } from './cases-of-sizing';
import { casesOfSizingEnvironments } from './cases-of-sizing-environments';
import { casesOfTexts } from './cases-of-texts';
import { good, web, type Case } from './making';

/** Where something else was declared, which changes with this file. */
const lineless = (message: string): string =>
  message.replace(/declared at test\/platform\/problems\/[^ ]+:\d+/, 'declared at …');

describe('a problem', () => {
  const tables = [
    casesAToH,
    casesIToZ,
    casesOfBrokers,
    casesOfContracts,
    casesOfFeasibility,
    casesOfDashboards,
    casesOfGameDays,
    casesOfGuardrails,
    casesOfIdentity,
    casesOfMigrations,
    casesOfObjectives,
    casesOfOnCall,
    casesOfRunbooks,
    casesOfRuntimes,
    casesOfTelemetry,
    casesOfScaling,
    casesOfServices,
    casesOfSizing,
    casesOfSizingEnvironments,
    casesOfTexts,
  ];
  const entries = tables.flatMap((table) =>
    Object.entries<readonly (readonly [Case, string])[]>(table),
  );
  const all = entries.flatMap(([code, list]) =>
    list.map(([make, message], index) => ({ code, index, make, message })),
  );

  it.each(all)(
    'of code $code ($index) says what was found and how to fix it',
    ({ make, message }) => {
      const lines = make().map((problem) =>
        lineless(renderProblem(problem).replace(/ \([^ ]+:\d+\)(?=: )/, '')),
      );
      expect(lines).toContain(message);
    },
  );

  it.each(all)('of code $code ($index) names the line of TypeScript', ({ code, make, message }) => {
    const problem = make().find(
      (found) => found.code === code && message.includes(lineless(found.found)),
    );
    if (code === 'ChartOutsideApplication') expect(problem?.source).toBeUndefined();
    else expect(problem?.source?.file).toMatch(/^test\/platform\/problems\//);
  });

  it('has a case here for every code but those that need a folder or the day', () => {
    const covered = new Set(all.map(({ code }) => code));
    const without = Object.keys(problemCodes).filter((code) => !covered.has(code));
    expect(without).toEqual(['FileInvalid', 'OutputShared', 'WaiverExpired']);
  });

  it('is one of many that are reported together', () => {
    const props = { image: 'x', port: 1, health: 'no', scale: { min: 2, max: 1 }, foo: 1 };
    const codes = web(props)().map(({ code }) => code);
    expect(codes.sort()).toEqual([
      'ImageUnpinned',
      'PathInvalid',
      'PortInvalid',
      'PropUnknown',
      'ScaleInverted',
    ]);
  });

  it('is not made of a soft dependency on what exists in some stages only', () => {
    const { problems } = synthesizeIn((app) => {
      const presence = { stages: ['dev'], reason: 'a mock' } as const;
      const mock = new WebService(app, 'mock', { ...good, presence });
      new WebService(app, 'orders', { ...good, env: { MOCK: soft(mock.address) } });
      new Worker(app, 'w', { image: 'x/y:1', uses: [external('api.stripe.com')] });
    });
    expect(problems).toEqual([]);
  });
});
