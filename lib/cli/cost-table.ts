import {
  coresText,
  HOURS_PER_MONTH,
  memoryText,
  totalOf,
  type CostRow,
  type Span,
} from '../rightsize';
import { aligned } from './aligned';
import { quantities } from './requests';

const between = <T>(range: Span<T>, text: (value: T) => string): string => {
  const [from, to] = [text(range.atLeast), text(range.atMost)];
  return from === to ? from : `${from} to ${to}`;
};

const digits = (cents: bigint): string =>
  `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;

/** `12.40`; no separators and no symbol, whatever the locale. */
const money = (cents: bigint): string => (cents < 0n ? `-${digits(-cents)}` : digits(cents));
const signed = (cents: bigint): string => (cents > 0n ? `+${money(cents)}` : money(cents));

/** A row for each application and environment, and the total. */
export function costTable(rows: readonly CostRow[]): string {
  const total = totalOf(rows);
  const currency = rows[0]?.currency ?? '';
  const hasChange = total.change !== undefined;
  const heads = ['application', 'environment', 'replicas', 'cores', 'memory'];
  const lines = [
    [...heads, `${currency} a month`, ...(hasChange ? ['change'] : [])],
    ...rows.map(({ application, environment, replicas, requests, month, change }) => [
      application,
      environment,
      between(replicas, String),
      between(requests, ({ cpu }) => coresText(cpu)),
      between(requests, ({ memory }) => memoryText(memory)),
      between(month, money),
      ...(change ? [between(change, signed)] : []),
    ]),
    [
      ...['total', '', '', '', ''],
      between(total.month, money),
      ...(total.change ? [between(total.change, signed)] : []),
    ],
  ];
  return `${aligned(lines)}\n`;
}

/** The same as data: amounts as Kubernetes quantities, money as numbers. */
export function costJson(rows: readonly CostRow[]): string {
  const amount = (cents: bigint): number => Number(cents) / 100;
  const priced = ({ month, change }: Pick<CostRow, 'month' | 'change'>) => ({
    month: { atLeast: amount(month.atLeast), atMost: amount(month.atMost) },
    ...(change && { change: { atLeast: amount(change.atLeast), atMost: amount(change.atMost) } }),
  });
  const result = {
    version: 1,
    ...(rows[0] && { currency: rows[0].currency }),
    hoursPerMonth: HOURS_PER_MONTH,
    rows: rows.map(({ application, environment, replicas, requests, ...money }) => ({
      application,
      environment,
      replicas,
      requests: {
        atLeast: quantities(requests.atLeast),
        atMost: quantities(requests.atMost),
      },
      ...priced(money),
    })),
    total: priced(totalOf(rows)),
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}
