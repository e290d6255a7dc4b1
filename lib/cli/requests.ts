import { cores, mebibytes } from '../foundation';
import { amountsText, type NanoAmounts, type EnvironmentRequests } from '../rightsize';

/** What each environment requests, a line each. */
export function requestsText(requests: readonly EnvironmentRequests[]): string {
  const width = Math.max(0, ...requests.map(({ environment }) => environment.length));
  return requests
    .map(({ environment, atLeast, atMost, services, isLowered }) => {
      const beside =
        services && services.pods > 0 ? `; backing services ${amountsText(services)}` : '';
      const lowered = isLowered ? '; lowered to what is used' : '';
      return `${environment.padEnd(width)} requests ${amountsText(atLeast, atMost)}${beside}${lowered}\n`;
    })
    .join('');
}

/** The same as data, in Kubernetes quantities. */
export const requestsJson = (requests: readonly EnvironmentRequests[]): readonly object[] =>
  requests.map(({ environment, atLeast, atMost, services, isLowered }) => ({
    environment,
    atLeast: quantities(atLeast),
    atMost: quantities(atMost),
    ...(services && { services: { pods: services.pods, ...quantities(services) } }),
    lowered: isLowered,
  }));

const NANOS_OF_MILLI = 1_000_000n;
const NANOS = 1_000_000_000n;

/** Amounts in Kubernetes quantities, rounded up. */
export const quantities = ({
  cpu,
  memory,
}: NanoAmounts): { readonly cpu: string; readonly memory: string } => ({
  cpu: cores(Number((cpu + NANOS_OF_MILLI - 1n) / NANOS_OF_MILLI) / 1000),
  memory: mebibytes(Number((memory + NANOS - 1n) / NANOS)),
});
