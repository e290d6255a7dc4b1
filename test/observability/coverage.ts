import { parse } from 'yaml';
import type { Rendering } from '../../lib';
import type { RuleGroup } from '../../lib/observability';

/** The alerts of which the tests of a rendering say something, as `SLOSignalMissing of orders`. */
interface Said {
  readonly fires: ReadonlySet<string>;
  readonly isSilent: ReadonlySet<string>;
}

interface ExpressionTest {
  readonly expr: string;
  readonly exp_samples: readonly { readonly labels: string }[];
}
interface TestFile {
  readonly tests: readonly { readonly promql_expr_test: readonly ExpressionTest[] }[];
}

const ANY = '*';
const nameOf = (alert: string, service: string): string => `${alert} of ${service}`;

/** What a label of a selector or of a sample may be; empty when nothing is said of it. */
function valuesOf(text: string, label: string): readonly string[] {
  const [, value] = new RegExp(`\\b${label}=~?"([^"]*)"`).exec(text) ?? [];
  return value === undefined ? [] : value.split('|');
}

/** Objectives name their service: `shop/orders/availability`. */
function servicesOf(text: string): readonly string[] {
  const plain = valuesOf(text, 'service');
  return plain.length > 0 ? plain : valuesOf(text, 'slo_id').map((id) => id.split('/')[1] ?? '');
}

function saidBy(files: readonly TestFile[]): Said {
  const fires = new Set<string>();
  const isSilent = new Set<string>();
  const all = files.flatMap(({ tests }) => tests).flatMap((test) => test.promql_expr_test);
  for (const { expr, exp_samples } of all) {
    if (!expr.includes('ALERTS{') || !expr.includes('alertstate="firing"')) continue;
    const alerts = valuesOf(expr, 'alertname');
    const services = servicesOf(expr);
    for (const { labels } of exp_samples) {
      for (const alert of [...valuesOf(labels, 'alertname'), ...alerts].slice(0, 1)) {
        for (const service of [...servicesOf(labels), ...services].slice(0, 1)) {
          fires.add(nameOf(alert, service));
        }
      }
    }
    if (exp_samples.length > 0) continue;
    for (const alert of alerts) {
      for (const service of services.length > 0 ? services : [ANY]) {
        isSilent.add(nameOf(alert, service));
      }
    }
  }
  return { fires, isSilent };
}

/** The rules of one application, wherever they stand, each group once. */
export const groupsOf = ({ manifests }: Rendering, application: string): readonly RuleGroup[] => {
  const groups = [...manifests]
    .filter(([path]) => path.split('/')[1] === application)
    .flatMap(([, all]) => all)
    .filter(({ kind }) => kind === 'PrometheusRule')
    .flatMap(({ spec }) => (spec as { readonly groups: readonly RuleGroup[] }).groups);
  return [...new Map(groups.map((group) => [group.name, group])).values()];
};

/** The alerts of a rendering, of phase 1 and phase 2, that no test expects to fire, or none to be silent. */
export function untested(rendering: Rendering): readonly string[] {
  return rendering.models.flatMap(({ application }) => {
    const files = [...rendering.files]
      .filter(([name]) => name.startsWith(`tests/${application}/`) && name.endsWith('.test'))
      .map(([, text]) => parse(text) as TestFile);
    const { fires, isSilent } = saidBy(files);
    const faults = groupsOf(rendering, application)
      .flatMap(({ rules }) => rules)
      .flatMap(({ alert, labels }) => {
        if (alert === undefined) return [];
        const name = nameOf(alert, labels.service ?? '');
        const isQuiet = isSilent.has(name) || isSilent.has(nameOf(alert, ANY));
        return [
          ...(fires.has(name) ? [] : [`${application}: no test expects ${name} to fire`]),
          ...(isQuiet ? [] : [`${application}: no test expects ${name} to be silent`]),
        ];
      });
    return [...new Set(faults)];
  });
}
