import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Manifest } from '../../lib/foundation';
import {
  admissionPolicies,
  celRules,
  kindOf,
  kinds,
  packs,
  Ruleset,
  selectRules,
  type SelectedRule,
} from '../../lib/guardrail';
import { fixtures } from './fixtures';
import type { Fixture } from './fixtures/fixture';
import { parameters } from './judging';

/** A fixture by its rule and its name. */
export interface GoldenCase extends Fixture {
  readonly rule: string;
  readonly key: string;
}

/** By rule and key: the ids of the rules that an API server found broken; null when it refused the object by itself. */
export type Verdicts = Readonly<Record<string, Readonly<Record<string, readonly string[] | null>>>>;

const { registries = [] } = parameters;

/** Advice is not exported, unless a platform takes it for more. */
const promoted = Object.fromEntries(
  celRules.filter(({ severity }) => severity === 'info').map(({ id }) => [id, 'warning' as const]),
);

/** Every rule over single objects, also those that a rule of a larger pack implies. */
export const everyRule: readonly SelectedRule[] = celRules.flatMap(({ id }) => {
  const inPacks = packs.flatMap((pack) => selectRules({ pack, registries, severities: promoted }));
  return inPacks.find(({ rule }) => rule.id === id) ?? [];
});

/** The ids of the rules that a cluster can judge. */
export const exportedIds: ReadonlySet<string> = new Set(
  admissionPolicies(everyRule, []).map(({ metadata }) =>
    metadata.name.replace(/^golden-path-/, ''),
  ),
);

/** Whose verdict the server may see otherwise, for a reason that the rule gives. */
export const defaultedIds: ReadonlySet<string> = new Set(
  everyRule.flatMap(({ rule }) => ('afterDefaulting' in rule ? [rule.id] : [])),
);

const inNamespaces = ({ object }: Fixture): boolean => {
  const kind = kindOf(object);
  return kind !== undefined && !('clusterScoped' in kinds[kind]);
};

const all: readonly GoldenCase[] = Object.entries(fixtures).flatMap(([rule, { good, bad }]) => [
  ...good.map((fixture) => ({ ...fixture, rule, key: `good: ${fixture.name}` })),
  ...bad.map((fixture) => ({ ...fixture, rule, key: `bad: ${fixture.name}` })),
]);

/** Every fixture that policies see: they are bound by the labels of namespaces. */
export const goldenCases: readonly GoldenCase[] = all.filter(inNamespaces);

/** Those that no policy sees. */
export const clusterScopedCases: readonly GoldenCase[] = all.filter((one) => !inNamespaces(one));

const ruleset = new Ruleset(everyRule);

/** A broken rule as the server tells it. */
export interface Broken {
  readonly id: string;
  readonly text: string;
}

/** What the synthesis finds in an object, of the rules that are exported. */
export const judged = (object: Manifest): readonly Broken[] =>
  ruleset
    .judge(object)
    .filter(({ rule }) => exportedIds.has(rule.id))
    .map(({ rule: { id, fix }, found }) => ({ id, text: `${id}: ${found}. ${fix}.` }))
    .sort(byId);

export const byId = (a: Broken, b: Broken): number => (a.id < b.id ? -1 : 1);

/** How many of the exported rules judge objects of a kind. */
export const rulesFor = ({ kind }: Manifest): number =>
  everyRule.filter(
    ({ rule }) => exportedIds.has(rule.id) && (rule.kinds as readonly string[]).includes(kind),
  ).length;

const FOLDER = path.join(__dirname, 'verdicts');

/** The versions of Kubernetes whose verdicts are recorded. */
export const recordedVersions = (): readonly string[] =>
  fs.existsSync(FOLDER) ? fs.readdirSync(FOLDER).map((name) => path.basename(name, '.json')) : [];

const fileOf = (version: string): string => path.join(FOLDER, `${version}.json`);

/** What a server of this version said when it was last asked. */
export const recorded = (version: string): Verdicts =>
  JSON.parse(fs.readFileSync(fileOf(version), 'utf8')) as Verdicts;

/** One line for each fixture, sorted, so that changes are read easily. */
export function record(version: string, verdicts: Verdicts): void {
  const sorted = <T>(bag: Readonly<Record<string, T>>): readonly (readonly [string, T])[] =>
    Object.entries(bag).sort(([a], [b]) => (a < b ? -1 : 1));
  const rules = sorted(verdicts).map(([rule, own]) => {
    const lines = sorted(own).map(([key, ids]) => `${JSON.stringify(key)}:${JSON.stringify(ids)}`);
    return `${JSON.stringify(rule)}:{\n${lines.join(',\n')}}`;
  });
  fs.mkdirSync(FOLDER, { recursive: true });
  fs.writeFileSync(fileOf(version), `{${rules.join(',\n')}}\n`);
}
