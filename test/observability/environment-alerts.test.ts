import { describe, expect, it } from '@jest/globals';
import type { AvailabilitySignal } from '../../lib/foundation';
import { tryCertificateAlerts, tryServiceAlerts, type RuleGroup } from '../../lib/observability';
import { promqlFaults } from './promql';
import { checkRules, testRules, type RuleTest } from './promtool';

const by = { application: 'shop', owner: 'team-checkout', links: {} };
const place = { environment: 'prod', namespace: 'shop-prod' };

const postgres: AvailabilitySignal = {
  exporter: "CloudNativePG's own",
  metric: 'cnpg_collector_up',
  labels: { cluster: 'orders-db', namespace: 'shop-prod' },
  means: 'positive',
};
const queue: AvailabilitySignal = {
  exporter: 'yet-another-cloudwatch-exporter',
  metric: 'aws_amazonmq_message_count_average',
  labels: { dimension_Broker: 'a "quoted" \\ name' },
  means: 'present',
};
const services = tryServiceAlerts(
  {
    services: [
      { name: 'orders-db', engine: 'PostgreSQL 16 by CloudNativePG', availability: postgres },
      { name: 'broker', engine: 'Amazon MQ', availability: queue },
    ],
    hosts: [{ host: 'api.stripe.com', ports: [443] }],
  },
  place.environment,
  by,
) as RuleGroup;
const certificates = tryCertificateAlerts(
  [{ name: 'orders.example.com-tls', hostname: 'orders.example.com', workload: 'orders' }],
  place,
  by,
) as RuleGroup;

const POSTGRES = 'cnpg_collector_up{cluster="orders-db",namespace="shop-prod",pod="orders-db-1"}';
const STANDBY = 'cnpg_collector_up{cluster="orders-db",namespace="shop-prod",pod="orders-db-2"}';
const QUEUE = String.raw`aws_amazonmq_message_count_average{dimension_Broker="a \"quoted\" \\ name"}`;
const UP = '{__name__="golden_path:service_up", application="shop", environment="prod"';

const test = (
  name: string,
  series: Readonly<Record<string, string>>,
  rest: Partial<RuleTest>,
): RuleTest => ({
  name,
  interval: '1m',
  input_series: Object.entries(series).map(([key, values]) => ({ series: key, values })),
  ...rest,
});

const up = (at: number, values: Readonly<Record<string, number>>) => ({
  expr: 'golden_path:service_up',
  eval_time: `${at}m`,
  exp_samples: Object.entries(values).map(([service, value]) => ({
    labels: `${UP}, kind="backing-service", service="${service}"}`,
    value,
  })),
});

const down = (at: number, ...names: readonly string[]) => ({
  eval_time: `${at}m`,
  alertname: 'BackingServiceDown',
  exp_alerts: names.map((service) => ({
    exp_labels: {
      application: 'shop',
      service,
      team: 'team-checkout',
      environment: 'prod',
      kind: 'backing-service',
      severity: 'ticket',
    },
    exp_annotations: services.rules.find(({ labels, alert }) => alert && labels.service === service)
      ?.annotations as Readonly<Record<string, string>>,
  })),
});

describe('the alerts of backing services', () => {
  it('pass promtool, and have sound types', () => {
    expect(checkRules([services])).toBe('');
    expect(services.rules.flatMap(({ expr }) => promqlFaults(expr))).toEqual([]);
  });

  it('are none without services', () => {
    expect(tryServiceAlerts({ services: [], hosts: [] }, 'prod', by)).toBeUndefined();
  });

  it('fire for what is down, and for what is gone, and not for what was never watched', () => {
    const failed = testRules(
      [services],
      [
        test(
          'one of two instances is enough',
          { [POSTGRES]: '1x20', [STANDBY]: '0x20', [QUEUE]: '0x20' },
          {
            promql_expr_test: [up(10, { broker: 1, 'orders-db': 1 })],
            alert_rule_test: [down(10)],
          },
        ),
        test(
          'down since the third minute',
          { [POSTGRES]: '1x2 0x20' },
          {
            promql_expr_test: [up(2, { 'orders-db': 1 }), up(3, { 'orders-db': 0 })],
            alert_rule_test: [down(7), down(8, 'orders-db')],
          },
        ),
        test(
          'gone, for longer than Prometheus looks back, and back again',
          { [POSTGRES]: '1x2 stale _x120 1x10', [QUEUE]: '5x2 stale _x120 5x10' },
          {
            promql_expr_test: [
              up(3, { broker: 0, 'orders-db': 0 }),
              up(120, { broker: 0, 'orders-db': 0 }),
              up(130, { broker: 1, 'orders-db': 1 }),
            ],
            alert_rule_test: [down(7), down(8, 'broker', 'orders-db'), down(130)],
          },
        ),
        test(
          'another cluster of the same name, elsewhere',
          { 'cnpg_collector_up{cluster="orders-db",namespace="other-prod"}': '0x20' },
          { promql_expr_test: [up(10, {})], alert_rule_test: [down(10)] },
        ),
      ],
    );
    expect(failed).toBe('');
  });

  it('say who tells', () => {
    expect(services.rules[1]?.annotations).toEqual({
      summary: 'orders-db cannot be used in prod',
      description:
        "PostgreSQL 16 by CloudNativePG is not available, or no longer says that it is. Look first at the series cnpg_collector_up of CloudNativePG's own: a value of 0 is a service that is down, and no series at all may be an exporter that is.",
    });
  });
});

const DAY = 1440;
const certificate = (labels: string, expires: number, renews: number, ready = 1) => {
  const of = (metric: string, more = ''): string =>
    `certmanager_certificate_${metric}{name="orders.example.com-tls",${labels}${more}}`;
  return {
    [of('expiration_timestamp_seconds')]: `${expires * 60}x100`,
    [of('renewal_timestamp_seconds')]: `${renews * 60}x100`,
    [of('ready_status', ',condition="True"')]: `${ready}x100`,
    [of('ready_status', ',condition="False"')]: `${1 - ready}x100`,
  };
};
const HONOURED = 'namespace="shop-prod"';
const EXPORTED = 'namespace="cert-manager",exported_namespace="shop-prod"';

const about = (alertname: string, at: number, value?: string) => {
  const rule = certificates.rules.find(({ alert }) => alert === alertname);
  const annotations = Object.entries(rule?.annotations ?? {}).map(([key, text]) => [
    key,
    text.replace(/\{\{ \$value[^}]*\}\}/, value ?? ''),
  ]);
  return {
    eval_time: `${at}m`,
    alertname,
    exp_alerts:
      value === undefined
        ? []
        : [
            {
              exp_labels: {
                ...place,
                application: 'shop',
                service: 'orders',
                team: 'team-checkout',
                severity: 'ticket',
              },
              exp_annotations: Object.fromEntries(annotations) as Record<string, string>,
            },
          ],
  };
};

describe('the alerts of certificates', () => {
  it('pass promtool, and have sound types', () => {
    expect(checkRules([certificates])).toBe('');
    expect(certificates.rules.flatMap(({ expr }) => promqlFaults(expr))).toEqual([]);
  });

  it('are none without certificates', () => {
    expect(tryCertificateAlerts([], place, by)).toBeUndefined();
  });

  it('fire for what is not renewed or not there, of this namespace alone', () => {
    const faults = [HONOURED, EXPORTED].flatMap((labels) => [
      test(`ends soon: ${labels}`, certificate(labels, 2 * DAY, -DAY), {
        alert_rule_test: [
          about('CertificateExpiring', 59),
          about('CertificateExpiring', 60, '1d 23h 0m 0s'),
          about('CertificateNotReady', 60),
        ],
      }),
      test(`not ready: ${labels}`, certificate(labels, 80 * DAY, 50 * DAY, 0), {
        alert_rule_test: [
          about('CertificateNotReady', 14),
          about('CertificateNotReady', 15, ''),
          about('CertificateExpiring', 70),
        ],
      }),
      test(`lives for a week: ${labels}`, certificate(labels, 6 * DAY, 4 * DAY), {
        alert_rule_test: [about('CertificateExpiring', 70), about('CertificateNotReady', 70)],
      }),
    ]);
    const elsewhere = [
      'namespace="other-prod"',
      'namespace="shop-prod",exported_namespace="other-prod"',
    ].map((labels) =>
      test(`elsewhere: ${labels}`, certificate(labels, DAY, -DAY, 0), {
        alert_rule_test: [about('CertificateExpiring', 70), about('CertificateNotReady', 70)],
      }),
    );
    expect(testRules([certificates], [...faults, ...elsewhere])).toBe('');
  });
});
