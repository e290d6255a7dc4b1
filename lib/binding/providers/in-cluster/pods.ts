import type { ServiceRequest } from '../../../backing-service';

type Request = Pick<ServiceRequest, 'pods'>;
type Texts = Readonly<Record<string, string>>;

/** Labels and annotations as operators take them. */
export interface PodMetadata {
  readonly labels?: Texts;
  readonly annotations?: Texts;
}

/** Affinity as operators take it. */
interface Affinity {
  readonly podAntiAffinity: {
    readonly preferredDuringSchedulingIgnoredDuringExecution: {
      readonly weight: number;
      readonly podAffinityTerm: {
        readonly topologyKey: string;
        readonly labelSelector: { readonly matchLabels: Texts };
      };
    }[];
  };
}

/** What the environment asks of the metadata of pods; nothing that is empty, which would never settle. */
export const podMetadata = ({ pods }: Request): PodMetadata => ({
  ...some('labels', pods.labels),
  ...some('annotations', pods.annotations),
});

/** The same under the name that an operator gives it, or nothing. */
export const metadataAs = <K extends string>(
  key: K,
  request: Request,
): { readonly [P in K]?: PodMetadata } => some(key, podMetadata(request));

/** The Secrets by which nodes pull images, or nothing. */
export const imagePullSecrets = ({
  pods: { pullSecrets },
}: Request): { readonly imagePullSecrets?: { readonly name: string }[] } =>
  pullSecrets.length === 0 ? {} : { imagePullSecrets: pullSecrets.map((name) => ({ name })) };

/** Keeps the instances of a service on nodes of their own, where there are enough. */
export const apart = (matchLabels: Texts): Affinity => ({
  podAntiAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [
      {
        weight: 100,
        podAffinityTerm: {
          topologyKey: 'kubernetes.io/hostname',
          labelSelector: { matchLabels },
        },
      },
    ],
  },
});

/** Both, as Strimzi takes them. */
export const podTemplate = (
  request: Request,
): {
  readonly pod?: ReturnType<typeof imagePullSecrets> & { readonly metadata?: PodMetadata };
} => some('pod', { ...metadataAs('metadata', request), ...imagePullSecrets(request) });

const some = <K extends string, V extends object>(key: K, value: V): { readonly [P in K]?: V } =>
  (Object.keys(value).length === 0 ? {} : { [key]: value }) as { readonly [P in K]?: V };
