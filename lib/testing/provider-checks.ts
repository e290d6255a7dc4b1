import { offeredKinds, type Provided, type Provider } from '../backing-service';
import { isBag, sortedManifest, type Manifest, type ServiceKind } from '../foundation';
import { addressFindings } from './provider-addresses';
import { demandFindings } from './provider-demand';
import {
  deletionFindings,
  mayHoldData,
  oneSided,
  keyFindings,
  policyFindings,
  reachFindings,
  secretFindings,
  signalFindings,
  statementFindings,
  unsaid,
} from './provider-findings';
import { podFindings } from './provider-pods';
import { textFindings } from './provider-texts';
import { wayFindings } from './provider-ways';
import {
  answerTo,
  questionsOf,
  type Asked,
  type Questions,
  type CheckFacts,
} from './provider-requests';

/** One thing that a provider must keep, and where it does not. */
export interface ProviderCheck {
  readonly kind: ServiceKind;
  /** A sentence, such as `gives every key of the contract`. */
  readonly name: string;
  /** What is wrong; empty when all is well. */
  readonly findings: readonly string[];
}

type Impossible = Questions['impossible'][number];

/** Looks at what was supplied, and says what is wrong with it. */
type Look = (provided: Provided, asked: Asked) => readonly string[];

const looks: Readonly<Record<string, Look>> = {
  'gives every key of the contract, and nothing beside its objects': keyFindings,
  'gives keys that say what they say elsewhere': textFindings,
  'states TLS, backup, deletion and encryption': statementFindings,
  'has a signal of its availability': signalFindings,
  'opens the network to itself alone': reachFindings,
  'can be reached by KEDA, which asks from its own namespace': addressFindings,
  'leaves the network of its own pods to them': policyFindings,
  'closes its own pods but to those who use it': wayFindings,
  'gives its pods what the environment asks of them': podFindings,
  'states what its pods take': demandFindings,
  'keeps what it holds unless it is to be deleted': deletionFindings,
  'writes no secret into a manifest': secretFindings,
};

/**
 * What every provider must keep, as a table for whichever test runner: each check has no findings when all is well.
 *
 *     it.each(providerChecks(ours()))('$kind $name', ({ findings }) => expect(findings).toEqual([]));
 *
 * @param provider - yours, or a stock one with your options
 * @param facts - what your environments have in another way, and what you have: `{ props: { redis: { version: 6 } } }`
 */
export function providerChecks(
  provider: Provider,
  facts: CheckFacts = {},
): readonly ProviderCheck[] {
  return offeredKinds(provider).flatMap((kind) => {
    const { asked, impossible } = questionsOf(provider, kind, facts);
    const again: Look = (provided, { request }) =>
      textOf(answerTo(provider, request)) === textOf(provided) ? [] : ['differs the second time'];
    const other: Look = (provided, asked) => sameFindings(provider, provided, asked);
    const all = {
      ...looks,
      'tells what is kept from what is deleted': other,
      'makes the same of the same': again,
    };
    return [
      { kind, name: 'supplies the sizes S and M', findings: asked.flatMap(neededFindings) },
      {
        kind,
        name: 'refuses what it cannot do, and names both sides',
        findings: impossible.flatMap(refusalFindings),
      },
      ...Object.entries(all).map(([name, look]) => ({
        kind,
        name,
        findings: asked.flatMap((each) => lookAt(each, look)),
      })),
    ];
  });
}

function lookAt(asked: Asked, look: Look): readonly string[] {
  if ('refused' in asked.answer) return [];
  return look(asked.answer, asked).map((text) => `${asked.where}: ${text}`);
}

function neededFindings({ where, answer, request }: Asked): readonly string[] {
  if (!('refused' in answer)) return [];
  const isNeeded = ['S', 'M'].includes(request.service.size);
  return [...(isNeeded ? [`${where}: is refused`] : []), ...unsaid(where, answer.refused)];
}

function refusalFindings({ where, answer, wanted }: Impossible): readonly string[] {
  if (!('refused' in answer)) return [`${where}: is supplied all the same`];
  const { refused } = answer;
  return [...unsaid(where, refused), ...oneSided(where, refused, wanted)];
}

/** What holds data is another object when the data may go. */
function sameFindings(
  provider: Provider,
  { manifests }: Provided,
  { request }: Asked,
): readonly string[] {
  const { service } = request;
  if (service.deletionPolicy === 'delete' || !manifests.some(mayHoldData)) return [];
  const other = answerTo(provider, {
    ...request,
    service: { ...service, deletionPolicy: 'delete' },
  });
  return 'refused' in other || textOf(other.manifests) !== textOf(manifests)
    ? []
    : ['deletionPolicy makes no difference'];
}

const textOf = (made: unknown): string =>
  JSON.stringify(made, (_, value: unknown) =>
    isBag(value) && 'apiVersion' in value ? sortedManifest(value as unknown as Manifest) : value,
  );
