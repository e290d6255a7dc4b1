import { describe, expect, it } from '@jest/globals';
import { OnlineBoutique } from '../../apps/online-boutique';
import { platform } from '../../apps/platform';
import type { Manifest } from '../../lib/foundation';
import { Ruleset, selectRules, type Finding, type Pack } from '../../lib/guardrail';

/** What one environment gets of the example, in its namespace, as kustomize puts it there. */
interface Place {
  readonly environment: string;
  readonly objects: readonly Manifest[];
}

const CLUSTER_SCOPED = ['Namespace'];

function places(): readonly Place[] {
  const scope = platform();
  new OnlineBoutique(scope);
  const { manifests, models } = scope.render();
  return models.flatMap(({ application, environments }) =>
    environments.map(({ name, namespace }) => ({
      environment: name,
      objects: [...manifests]
        .filter(([path]) => path.startsWith(`${name}/${application}/`))
        .flatMap(([, objects]) => objects)
        .map((object) => inNamespace(object, namespace)),
    })),
  );
}

const inNamespace = (object: Manifest, namespace: string): Manifest =>
  CLUSTER_SCOPED.includes(object.kind)
    ? object
    : ({ ...object, metadata: { ...object.metadata, namespace } } as Manifest);

const all = places();

function judged(pack: Pack): readonly Finding[] {
  const ruleset = new Ruleset(selectRules({ pack }));
  return all.flatMap(({ objects }) => objects.flatMap((object) => ruleset.judge(object)));
}

/** How often each rule found something. */
function counted(findings: readonly Finding[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { rule, severity } of findings) {
    const key = `${severity} ${rule.id}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

describe('the golden output of the example', () => {
  it('is judged in every environment, all of it', () => {
    const counts = all.map(({ environment, objects }) => [environment, objects.length > 50]);

    expect(counts).toEqual([
      ['dev', true],
      ['staging', true],
      ['prod', true],
    ]);
  });

  it('keeps the golden path, without advice even', () => {
    expect(counted(judged('golden-path'))).toEqual({});
  });

  it('hears from the strict pack of what was decided otherwise', () => {
    expect(counted(judged('strict'))).toEqual({
      // Ten services in three environments, the load generator in two, and Valkey in dev.
      'warning image-digest-pinned': 33,
      // The carts' password: their client takes it in its address alone.
      'info secrets-as-files': 3,
      // The load generator has no port to ask.
      'info liveness-probe-set': 2,
    });
  });

  it('breaks the golden path when a golden default is taken away', () => {
    const ruleset = new Ruleset(selectRules({ pack: 'golden-path' }));
    const [{ objects }] = all as [Place];
    const deployment = objects.find(({ kind }) => kind === 'Deployment')!;
    const patched = structuredClone(deployment) as unknown as {
      spec: { template: { spec: { containers: Record<string, unknown>[] } } };
    };
    delete patched.spec.template.spec.containers[0]!.resources;

    const findings = ruleset.judge(patched as unknown as Manifest);

    expect(findings.map(({ rule }) => rule.id)).toEqual([
      'ephemeral-storage-sized',
      'memory-limit-set',
      'resource-requests-set',
    ]);
  });
});
