import type { Command } from 'commander';
import { commands } from '../../../lib/cli/main';
import type { Brought, PodTemplate } from './cluster';

/** What runbooks may paste into a shell besides kubectl. */
const OTHERS = ['git', 'grep', 'tail'];
/** Kinds that kubectl knows by these names, and whether they belong to the whole cluster. */
const CORE: Readonly<Record<string, string>> = {
  pods: 'Pod',
  pod: 'Pod',
  nodes: 'Node',
  node: 'Node',
  events: 'Event',
  jobs: 'Job',
  job: 'Job',
  replicasets: 'ReplicaSet',
  resourcequotas: 'ResourceQuota',
  deployment: 'Deployment',
  statefulset: 'StatefulSet',
  cronjob: 'CronJob',
  configmap: 'ConfigMap',
  secret: 'Secret',
  horizontalpodautoscaler: 'HorizontalPodAutoscaler',
  'scaledobject.keda.sh': 'ScaledObject',
  'certificates.cert-manager.io': 'Certificate',
  'certificaterequests.cert-manager.io': 'CertificateRequest',
  'challenges.acme.cert-manager.io': 'Challenge',
};
const VERBS = [
  'get',
  'describe',
  'logs',
  'rollout',
  'patch',
  'scale',
  'delete',
  'create',
  'cordon',
  'config',
];
const CHANGING = ['patch', 'scale', 'delete', 'create'];

/** What is wrong with the commands of a page: whatever they name must be in the rendered manifests. */
export function shellFaults(blocks: readonly string[], brought: Brought): readonly string[] {
  const variables = new Map<string, string>([
    ['NS', 'ns'],
    ['ENVIRONMENT', 'prod'],
    ['MIN', '1'],
    ['MAX', '2'],
  ]);
  return blocks
    .flatMap((block) => block.split('\n'))
    .flatMap((line) => {
      const [, name, value] = /^([A-Z]+)=(\S*)$/.exec(line) ?? [];
      if (name !== undefined) {
        variables.set(name, value === undefined || value === '' ? `any-${name}` : value);
        return [];
      }
      return line
        .split(/ (?:\||&&) /)
        .flatMap((command) => commandFaults(command, variables, brought))
        .map((fault) => `${line}: ${fault}`);
    });
}

function commandFaults(
  command: string,
  variables: ReadonlyMap<string, string>,
  brought: Brought,
): readonly string[] {
  const unknown = [...command.matchAll(/\$\{?([A-Z]+)/g)].filter(
    ([, name = '']) => !variables.has(name),
  );
  if (unknown.length > 0) return [`${String(unknown[0]?.[0])} is set nowhere`];
  const filled = command
    .replace(/ > \S+$/, '')
    .replace(/\$\(\((.*?)\)\)/g, '3')
    .replace(
      /\$\{([A-Z]+):\?\}|\$([A-Z]+)/g,
      (_, one: string | undefined, other: string) => variables.get(one ?? other) ?? '',
    );
  const words = wordsOf(filled);
  if (words[0] === 'npx' && words[1] === 'golden-path') {
    return goldenPathFaults(words.slice(2).map(bare));
  }
  if (words[0] === 'kubectl') return kubectlFaults(words.slice(1), command, brought);
  return OTHERS.includes(words[0] ?? '') ? [] : [`${words[0] ?? ''} is no command of ours`];
}

/** Words as a shell makes them: quotes hold blanks together, and join what they touch. */
const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) => word);

/** A command of ours, with arguments and options that it takes. */
export function goldenPathFaults(words: readonly string[]): readonly string[] {
  let command: Command = commands(() => undefined);
  const rest = [...words];
  for (;;) {
    const below = command.commands.find((each) => each.name() === rest[0]);
    if (!below) break;
    command = below;
    rest.shift();
  }
  const { operands, unknown } = command.parseOptions(rest);
  const missing = command.options.filter(
    (option) => option.mandatory && command.getOptionValue(option.attributeName()) === undefined,
  );
  const taken = command.registeredArguments;
  const isEnough = operands.length >= taken.filter(({ required }) => required).length;
  const isFew = operands.length <= taken.length || taken.at(-1)?.variadic === true;
  return [
    ...unknown.map((word) => `${command.name()} does not take ${word}`),
    ...missing.map(({ long }) => `${command.name()} needs ${long ?? ''}`),
    ...(isEnough && isFew ? [] : [`${command.name()} takes other arguments`]),
  ];
}

interface Parsed {
  readonly verb: string;
  readonly rest: readonly string[];
  readonly flags: ReadonlyMap<string, string>;
}

function parsed(words: readonly string[]): Parsed {
  const flags = new Map<string, string>();
  const rest: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const [, flag, value] = /^(--[a-z-]+)(?:=(.*))?$/.exec(word) ?? [];
    if (flag !== undefined) flags.set(flag, value ?? '');
    else if (/^-[nlcop]$/.test(word)) flags.set(word, bare(words[++index] ?? ''));
    else if (word.startsWith('-')) flags.set(word, '');
    else rest.push(bare(word));
  }
  const [verb = '', ...others] = rest;
  return { verb, rest: others, flags };
}

/** What the shell hands over: outer quotes are gone, those inside the other kind stay. */
const bare = (word: string): string =>
  word.replace(
    /'([^']*)'|"([^"]*)"/g,
    (_, single?: string, double?: string) => single ?? double ?? '',
  );

function kubectlFaults(
  words: readonly string[],
  command: string,
  brought: Brought,
): readonly string[] {
  const { verb, rest, flags } = parsed(words);
  if (!VERBS.includes(verb)) return [`kubectl ${verb} is not known here`];
  const isOfCluster =
    verb === 'config' ||
    verb === 'cordon' ||
    ['nodes', 'node'].includes((rest[0] ?? '').split('/')[0] ?? '');
  const isChanging = CHANGING.includes(verb) || ['undo', 'restart'].includes(rest[0] ?? '');
  const faults = [
    ...(isOfCluster === flags.has('-n') ? ['its namespace'] : []),
    ...(isChanging && !command.includes('"${NS:?}"')
      ? ['it changes whatever namespace is set']
      : []),
  ];
  if (verb === 'config' || verb === 'cordon') return faults;
  const template = templateOf(flags.get('-l'), verb === 'get' ? rest[0] : 'pods', brought);
  if (typeof template === 'string') faults.push(template);
  else if (flags.has('-c') && !template?.containers.includes(flags.get('-c') ?? ''))
    faults.push('-c');
  return [
    ...faults,
    ...resourceFaults(verb, rest, flags, brought),
    ...patchFaults(verb, rest, flags, brought),
  ];
}

/** What a selector selects: exactly one of the templates, by all of its labels. */
function templateOf(
  selector: string | undefined,
  type: string | undefined,
  { pods }: Brought,
): PodTemplate | string | undefined {
  if (selector === undefined) return undefined;
  const pairs = selector.split(',').map((pair) => pair.split('='));
  const has = (labels: Readonly<Record<string, string>>): boolean =>
    pairs.every(([key = '', value]) => labels[key] === value);
  const found = pods.filter(({ labels, ownLabels }) => has(type === 'jobs' ? ownLabels : labels));
  const others = new Set(found.map(({ containers }) => containers.join(' ')));
  return others.size === 1 ? found[0] : `-l ${selector} selects ${others.size} workloads`;
}

function resourceFaults(
  verb: string,
  rest: readonly string[],
  flags: Parsed['flags'],
  { objects, named }: Brought,
): readonly string[] {
  const has = (type: string, name: string): boolean =>
    named.has(`${type}/${name}`) ||
    objects.some(({ apiVersion, kind, metadata }) => {
      const group = apiVersion.split('/')[0] ?? '';
      const isKind = CORE[type] === kind || type === `${kind.toLowerCase()}.${group}`;
      return isKind && metadata.name === name;
    });
  const from = flags.get('--from');
  const given = [...rest.slice(verb === 'rollout' ? 1 : 0), ...(from === undefined ? [] : [from])];
  if (verb === 'create')
    return given[0] === 'job' && has('cronjob', from?.split('/')[1] ?? '') ? [] : ['--from'];
  return given.flatMap((word) => {
    const [types = '', name] = word.split('/');
    const isMade = /^any-|-by-hand$/.test(name ?? word);
    if (isMade) return [];
    if (name !== undefined) return has(types, name) ? [] : [`there is no ${word}`];
    return types.split(',').every((type) => CORE[type] !== undefined) ? [] : [`what is ${word}?`];
  });
}

/** A patch must change a field that the rendered object has. */
function patchFaults(
  verb: string,
  [target = '']: readonly string[],
  flags: Parsed['flags'],
  { objects }: Brought,
): readonly string[] {
  if (verb !== 'patch') return [];
  const [type = '', name] = target.split('/');
  const { spec = {} } = JSON.parse(flags.get('-p') ?? '{}') as { spec?: object };
  const found = objects.filter(
    ({ kind, metadata }) => kind === CORE[type] && metadata.name === name,
  );
  return Object.keys(spec)
    .filter((key) => key !== 'suspend')
    .flatMap((key) =>
      found.some((each) => Object.hasOwn(each.spec as object, key)) ? [] : [`no spec.${key}`],
    );
}
