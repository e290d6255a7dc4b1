/** What holds of a container in CEL, where `c` is the container. */
type OfContainer = string;

/** What holds of a security context in CEL, given the text that reads it, and whose it is: the pod has one as each container does. */
type OfContext = (context: string, whose: 'pod' | 'container') => string;

const OF_POD = 'variables.podSpec.?securityContext';
const OF_CONTAINER = 'c.?securityContext';

/** Lists of containers among the shared variables: with debug containers, without them, and without init containers either. */
type Containers = 'allContainers' | 'appAndInit' | 'containers';

/** True when no container of the pod is such. */
export const noContainer = (broken: OfContainer, of: Containers = 'allContainers'): string =>
  `variables.${of}.all(c, !(${broken}))`;

const listed = (broken: OfContainer, detail?: string, of: Containers = 'allContainers'): string =>
  `variables.${of}.filter(c, ${broken}).map(c, c.?name.orValue('?')${shown(detail)})`;

const shown = (detail: string | undefined): string =>
  detail === undefined ? '' : ` + ' (' + ${detail} + ')'`;

/** The names of the containers that are such, each with a detail, as text. */
export const containersWhere = (
  broken: OfContainer,
  detail?: string,
  of: Containers = 'allContainers',
): string => `${listed(broken, detail, of)}.join(', ')`;

/** True when neither the security context of the pod, unless a debug container joins it, nor that of a container is such. */
export const noSecurityContext = (broken: OfContext): string =>
  `(variables.isDebugging || !(${broken(OF_POD, 'pod')})) && ${noContainer(broken(OF_CONTAINER, 'container'))}`;

/** Who has a security context that is such, the pod first, each with a detail, as a list of texts. */
export const securityContextTexts = (broken: OfContext, detail?: OfContext): string =>
  `['the pod'].filter(p, !variables.isDebugging && (${broken(OF_POD, 'pod')})).map(p, p${shown(detail?.(OF_POD, 'pod'))}) + ${listed(broken(OF_CONTAINER, 'container'), detail?.(OF_CONTAINER, 'container'))}`;

/** The same as one text. */
export const securityContextsWhere = (broken: OfContext, detail?: OfContext): string =>
  joined(securityContextTexts(broken, detail));

/** Lists of texts as one text. */
export const joined = (...lists: readonly string[]): string => `(${lists.join(' + ')}).join(', ')`;
