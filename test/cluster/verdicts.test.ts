import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Manifest } from '../../lib';
import { celRules } from '../../lib/guardrail';
import {
  byId,
  clusterScopedCases,
  defaultedIds,
  everyRule,
  exportedIds,
  goldenCases,
  judged,
  record,
  recorded,
  recordedVersions,
  rulesFor,
  type Broken,
  type GoldenCase,
  type Verdicts,
} from '../guardrail/golden-verdicts';
import { collectionOf, DRY_RUN, request, serverVersion, type Answer } from './api';
import { install, namespaced, uninstall } from './guarded';
import { inTurns } from './kubectl';
import { typeChecked } from './policies';

const NAMESPACE = 'shop';
/** Those that fixtures name. */
const NAMESPACES = [NAMESPACE, 'default', 'default-shop'];

/** A case, and what the server made of it. */
interface Compared extends GoldenCase {
  readonly answer: Answer;
  /** What it found; undefined when it refused the object by itself. */
  readonly broken?: readonly Broken[];
}

let version = '';
let results: readonly Compared[] = [];
let compared = 0;

beforeAll(async () => {
  version = await serverVersion();
  for (const name of NAMESPACES) await namespaced(name);
  await install({ rules: everyRule, stage: 'warn', namespace: NAMESPACE });
  results = await inTurns(goldenCases, asked, 12);
});

afterAll(async () => {
  await uninstall();
  await namespaced('default', {});
  process.stderr.write(`compared ${compared} verdicts of ${results.length} objects\n`);
});

/** A dry run of a case. */
async function asked(one: GoldenCase, index: number): Promise<Compared> {
  const answer =
    one.subResource === undefined
      ? await request(
          'POST',
          `${collectionOf(one.object, NAMESPACE)}?${DRY_RUN}`,
          fresh(one.object),
        )
      : await debugged(one, `debugged-${index}`);
  if (answer.status >= 300) return { ...one, answer };
  return { ...one, answer, broken: answer.warnings.flatMap(brokenIn).sort(byId) };
}

/** Pods need an account of the name that the fixtures of accounts have. */
const fresh = (object: Manifest): Manifest =>
  object.kind === 'ServiceAccount'
    ? { ...object, metadata: { ...object.metadata, name: 'fresh' } }
    : object;

interface PodSpec {
  readonly ephemeralContainers?: readonly object[];
}

/** A debug container joins a pod that has been made without it. */
async function debugged({ object }: GoldenCase, name: string): Promise<Answer> {
  const { ephemeralContainers, ...spec } = object.spec as PodSpec;
  const pods = collectionOf(object, NAMESPACE);
  const pod = { ...object, metadata: { ...object.metadata, name }, spec };
  const { status, body } = await request('POST', `${pods}?fieldValidation=Strict`, pod);
  if (status !== 201) throw new Error(body.message);
  const joined = { ...body, spec: { ...(body.spec as object), ephemeralContainers } };
  return request('PUT', `${pods}/${name}/ephemeralcontainers?${DRY_RUN}`, joined);
}

/** What a warning says, when it is one of a policy of ours. */
function brokenIn(warning: string): readonly Broken[] {
  const [, id = '', text = ''] =
    /^Validation failed for ValidatingAdmissionPolicy 'golden-path-(.*?)' with binding 'golden-path-\1': (.*)$/s.exec(
      warning,
    ) ?? [];
  return id === '' ? [] : [{ id, text }];
}

const texts = (broken: readonly Broken[]): readonly string[] => broken.map(({ text }) => text);
const whateverTheDefaults = (broken: readonly Broken[]): readonly Broken[] =>
  broken.filter(({ id }) => !defaultedIds.has(id));

/** The ids of the rules with fixtures that policies see. */
const ids = [...new Set(goldenCases.map(({ rule }) => rule))];

describe('the API server', () => {
  it('judges by every rule that is exported, which are all but those over other than namespaced objects', () => {
    const others = celRules.filter(({ id }) => !exportedIds.has(id));
    const kinds = others.flatMap((rule): readonly string[] => rule.kinds);
    expect(kinds.filter((kind) => !kind.startsWith('Cluster'))).toEqual([]);
    expect(results).toHaveLength(goldenCases.length);
    expect(goldenCases.length).toBeGreaterThan(700);
  });

  it('finds no fault with the types of any policy', async () => {
    const policies = await typeChecked();
    const faults = policies.flatMap(({ metadata, status }) =>
      (status?.typeChecking?.expressionWarnings ?? []).map((fault) => [metadata.name, fault]),
    );
    expect(faults).toEqual([]);
  });

  it.each(ids)('judges the fixtures of %s as the synthesis does', (id) => {
    const own = results.filter(({ rule }) => rule === id);
    const differences = own.flatMap(({ key, object, answer, broken, refused }): unknown[] => {
      if (!broken || refused) {
        const isExpected = !broken && refused && answer.status === 422;
        return isExpected ? [] : [{ key, status: answer.status, message: answer.body.message }];
      }
      compared += rulesFor(object);
      const [raw, served] = [object, answer.body].map(judged) as [
        readonly Broken[],
        readonly Broken[],
      ];
      const told = texts(broken);
      return same(told, texts(served)) &&
        same(texts(whateverTheDefaults(broken)), texts(whateverTheDefaults(raw)))
        ? []
        : [{ key, told, served: texts(served), raw: texts(raw) }];
    });
    expect(differences).toEqual([]);
    const bad = own.filter(({ key, broken }) => key.startsWith('bad') && broken);
    const found = bad.filter(({ broken }) => broken?.some((one) => one.id === id));
    expect(found.length > 0).toBe(bad.length > 0);
  });

  it('was asked about each rule and each object of its kinds', () => {
    const taken = goldenCases.filter(({ refused }) => !refused);
    expect(compared).toBe(taken.reduce((sum, { object }) => sum + rulesFor(object), 0));
  });

  it('says what it said when it was recorded', () => {
    const verdicts = verdictsOf(results);
    if (process.env.RECORD !== undefined) record(version, verdicts);
    if (recordedVersions().includes(version)) expect(verdicts).toEqual(recorded(version));
  });

  it('takes what stands in no namespace, and asks no policy', async () => {
    for (const { object } of clusterScopedCases) {
      const path = `${collectionOf(object, '')}?${DRY_RUN}`;
      const { status, warnings } = await request('POST', path, object);
      expect([status, warnings]).toEqual([201, []]);
    }
    expect(clusterScopedCases.length).toBeGreaterThan(0);
  });
});

const same = (a: readonly string[], b: readonly string[]): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

function verdictsOf(all: readonly Compared[]): Verdicts {
  const verdicts: Record<string, Record<string, readonly string[] | null>> = {};
  for (const { rule, key, broken } of all) {
    (verdicts[rule] ??= {})[key] = broken?.map(({ id }) => id) ?? null;
  }
  return verdicts;
}
