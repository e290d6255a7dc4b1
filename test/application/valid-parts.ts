import fc from 'fast-check';
import {
  Application,
  grpc,
  Platform,
  WebService,
  type Endpoint,
  type GuardrailProps,
} from '../../lib';
import { testPlatform } from '../../lib/testing';

/** The stages by which values and presences are given: two, as a third only costs time. */
export const stages = ['dev', 'prod'] as const;

/** Sizes here are any that Kubernetes takes, and scales begin with one replica as often as with more. */
export const roomy: GuardrailProps = {
  ceilings: { cpu: '100000', memory: '1Pi' },
  without: { 'minimum-replicas': 'these workloads serve nobody' },
};

/** A platform with an environment for each of them. */
export const twoPlaces = (): Platform =>
  new Platform({
    environments: testPlatform().environments.filter(({ name }) => name !== 'staging'),
    guardrails: roomy,
  });

/** The service that stands beside every subject, for it to lean on. */
export const addBackend = (application: Application): WebService =>
  new WebService(application, 'backend', { image: 'example/backend:1', port: grpc(9000) });

/** Its references. They are data, so those of another tree hold wherever the path is the same. */
export const backend: Endpoint = addBackend(
  new Application(twoPlaces(), 'test', { owner: 'team-test' }),
);

/** An arbitrary of objects whose optional fields may be missing. */
export const props = <T, K extends keyof T>(
  model: { [P in keyof T]: fc.Arbitrary<T[P]> },
  requiredKeys: K[],
): fc.Arbitrary<fc.RecordValue<T, K>> => fc.record(model, { requiredKeys, noNullPrototype: true });

export const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
export const matching = (pattern: RegExp): fc.Arbitrary<string> => fc.stringMatching(pattern);

/** Names of workloads, applications and environments, now and then as long as they may be. */
export const name = (longest: number): fc.Arbitrary<string> =>
  fc
    .oneof(
      { weight: 9, arbitrary: matching(/^[a-z]([-a-z0-9]{0,10}[a-z0-9])?$/) },
      word.map((end) => `${'long-'.repeat(13).slice(0, longest - end.length)}${end}`),
    )
    .filter((text) => !['backend', 'kustomization', 'mesh', 'observability'].includes(text));

export const image = fc
  .tuple(
    fc.constantFrom('', 'ghcr.io/', 'localhost:5000/', 'registry.example.com/team/'),
    word,
    fc.oneof(
      matching(/^:[A-Za-z0-9_][\w.-]{0,20}$/).filter((tag) => tag !== ':latest'),
      matching(/^@sha256:[a-f0-9]{64}$/),
    ),
  )
  .map((parts) => parts.join(''));

/** Any text that a process can be given. */
export const text = fc
  .oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.string())
  .filter((value) => !value.includes('\0'));

export const between = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });
