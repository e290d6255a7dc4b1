import {
  contractFaults,
  custom,
  fields,
  isDnsLabel,
  isPublishedService,
  publishedName,
  some,
  text,
  type ProblemLog,
  type PublicationModel,
  type PublishedData,
  type PublishedService,
  type Shape,
} from '../foundation';
import { portScheme, type ResolvedPort } from '../workload';

/** What a web service offers to other applications. */
export interface Publication {
  /** What its owner exports for them to import, made by `published(…)`. */
  readonly contract: PublishedService;
  /** The ids of the applications that may call it: `['shop']`. */
  readonly to: readonly string[];
}

const contract: Shape = {
  give: 'a contract made by published(…)',
  check: (value, path, log) => {
    const shape = custom(isPublishedService, contract.give);
    shape.check(value, path, log);
    if (!isPublishedService(value)) return;
    if ((value.address as PublishedData).call !== undefined) {
      const fix = 'Give the contract itself: how it is called is said by who calls it';
      log.error('PropInvalid', `${path} is a call(…)`, fix);
    }
    for (const fault of contractFaults(value.published)) {
      log.error('ContractBroken', `in ${path}, ${fault}`, 'Mend what published(…) is given');
    }
  },
};
const applicationId = text('the id of an application', isDnsLabel);

export const publicationShape = fields(
  { contract, to: some(applicationId, "applications such as ['shop']") },
  "{ contract, to: ['shop'] }",
);

/** Reports where a web service is not what its contract says. */
export function checkPublication(
  publication: Publication | undefined,
  application: string,
  service: string,
  port: ResolvedPort | undefined,
  log: ProblemLog,
): void {
  if (!publication || !port) return;
  const { published } = publication.contract;
  const own = { application, service };
  const fix = `Export published({ application: '${application}', service: '${service}', … }) as it is, and publish that`;
  if (publishedName(published) !== publishedName(own)) {
    const found = `publish.contract is of ${publishedName(published)}, and this is ${publishedName(own)}`;
    log.error('ContractBroken', found, fix);
  }
  const pairs = [
    ['port', published.port, port.number],
    ['servicePort', published.servicePort, port.servicePort],
    ['scheme', published.scheme, portScheme(port)],
  ] as const;
  for (const [name, said, is] of pairs) {
    if (said === is) continue;
    log.error(
      'ContractBroken',
      `publish.contract says ${name} ${said}, and ${service} has ${is}`,
      fix,
    );
  }
  if (publication.to.includes(application)) {
    const found = `publish.to names ${application}, the application itself`;
    log.error('ContractBroken', found, 'Remove it: within an application no contract is needed');
  }
}

/** What the model tells of it. */
export const publicationModel = ({
  contract: { published },
  to,
}: Publication): PublicationModel => ({
  contract: published,
  to: [...new Set(to)].sort(),
});
