import { describe, expect, it } from '@jest/globals';
import { requestsJson, requestsText } from '../../lib/cli/requests';
import type { EnvironmentRequests } from '../../lib/rightsize';

const CORE = 1_000_000_000n;
const GI = 2n ** 30n * CORE;

const requests: readonly EnvironmentRequests[] = [
  {
    environment: 'dev',
    atLeast: { cpu: (12n * CORE) / 10n, memory: (34n * GI) / 10n },
    atMost: { cpu: (12n * CORE) / 10n, memory: (34n * GI) / 10n },
    services: { pods: 2, cpu: CORE / 2n, memory: 2n * GI },
    isLowered: true,
  },
  {
    environment: 'prod',
    atLeast: { cpu: 6n * CORE, memory: 12n * GI },
    atMost: { cpu: 18n * CORE, memory: 40n * GI },
    services: { pods: 0, cpu: 0n, memory: 0n },
    isLowered: false,
  },
];

describe('what environments request', () => {
  it('is a line each for people', () => {
    expect(requestsText(requests)).toBe(
      [
        'dev  requests 1.2 cores, 3.4Gi; backing services 0.5 cores, 2Gi; lowered to what is used\n',
        'prod requests 6 to 18 cores, 12Gi to 40Gi\n',
      ].join(''),
    );
    expect(requestsText([])).toBe('');
  });

  it('is Kubernetes quantities for tools', () => {
    expect(requestsJson(requests)).toEqual([
      {
        environment: 'dev',
        atLeast: { cpu: '1200m', memory: '3482Mi' },
        atMost: { cpu: '1200m', memory: '3482Mi' },
        services: { pods: 2, cpu: '500m', memory: '2Gi' },
        lowered: true,
      },
      {
        environment: 'prod',
        atLeast: { cpu: '6', memory: '12Gi' },
        atMost: { cpu: '18', memory: '40Gi' },
        services: { pods: 0, cpu: '0', memory: '0Gi' },
        lowered: false,
      },
    ]);
  });
});
