import { JsonPatch } from 'cdk8s';
import {
  AdmissionPolicies,
  Application,
  Environment,
  Platform,
  waive,
  WebService,
} from '../../../lib';
import { synthesize } from '../../../lib/testing';
import { bare, good, inside, under, untyped, type Case, type Cases } from './making';

const hostPort = JsonPatch.add('/spec/template/spec/containers/0/ports/0/hostPort', 8080);
const facts = { reason: 'the gateway needs it', owner: 'team-a', expires: '2027-03-31' } as const;
const rule = {
  ...{ id: 'own', severity: 'error', pack: 'golden-path', kinds: ['Service'] },
  ...{ expression: 'true', message: "'a'", why: 'Because.', fix: 'Mend it' },
};

/** A service on a platform with these guardrails. */
const guarded = (guardrails: object): Case => {
  return () => {
    const platform = (): Platform =>
      new Platform({
        environments: [new Environment('dev', bare)],
        guardrails: guardrails,
      });
    return synthesize((app) => {
      const shop = new Application(app, 'shop', { owner: 'team-a' });
      new WebService(shop, 'orders', good);
    }, platform).problems;
  };
};

/** A service with a waiver that JavaScript lets through. */
const waived = (id: unknown, props: unknown): Case =>
  inside((app) => waive(new WebService(app, 'orders', good), untyped(id), untyped(props)));

const policies = (props: unknown): Case =>
  under((platform) => {
    new WebService(new Application(platform, 'shop', { owner: 'team-a' }), 'orders', good);
    new AdmissionPolicies(platform, untyped(props));
  });

export const casesOfGuardrails: Cases = {
  IdTaken: [
    [
      under((platform) => {
        const cluster = new Application(platform, 'cluster', { owner: 'team-a' });
        new WebService(cluster, 'orders', good);
      }),
      'IdTaken at cluster: cluster is the folder of what belongs to no application. Give the application another id.',
    ],
  ],
  PropInvalid: [
    [
      guarded({ pack: 'gold' }),
      "PropInvalid at platform: guardrails.pack is 'gold'. Give one of baseline, restricted, golden-path, strict.",
    ],
    [
      policies({ stages: { dev: 'block' } }),
      "PropInvalid at admission-policies: stages.dev is 'block'. Give 'audit', 'warn' or 'deny'.",
    ],
    [
      policies({ models: [{}] }),
      'PropInvalid at admission-policies: models is [ {} ]. Give the content of dist/model/<application>.json, as this version writes it.',
    ],
  ],
  PropUnknown: [
    [
      guarded({ without: { 'no-host-port': 'they are fine' } }),
      "PropUnknown at platform: guardrails.without names 'no-host-port', which is no rule. Write 'no-host-ports'.",
    ],
    [
      policies({ stages: { prd: 'deny' } }),
      "PropUnknown at admission-policies: stages names 'prd', which there is not. Write 'prod'.",
    ],
    [
      policies({ heldBack: { 'no-host-port': 'audit' } }),
      "PropUnknown at admission-policies: heldBack names 'no-host-port', which there is not. Write 'no-host-ports'.",
    ],
  ],
  QuantityInvalid: [
    [
      guarded({ ceilings: { memory: '1Ti', cpu: 'many' } }),
      "QuantityInvalid at platform: guardrails.ceilings.cpu is 'many'. Give cores, such as 16.",
    ],
  ],
  RuleBroken: [
    [
      inside((app) => {
        new WebService(app, 'orders', good).deployment.addJsonPatch(hostPort);
      }),
      'no-host-ports at test/orders: Deployment/orders: host ports in the containers orders. Remove hostPort; a WebService is reached by its Service, and from outside by expose.',
    ],
  ],
  RuleInvalid: [
    [
      guarded({ rules: [{ ...rule, expression: "dyn(object).kind.matches('(?=a)')" }] }),
      'RuleInvalid at platform: the rule own cannot be judged: it uses the pattern (?=a), which RE2 refuses (RE2JSSyntaxException: error parsing regexp: invalid or unsupported Perl syntax: `(?=`). Keep to the CEL that docs/guardrails.md lists.',
    ],
    [
      guarded({ rules: [{ ...rule, id: 'no-host-ports' }] }),
      "RuleInvalid at platform: guardrails.rules has two rules 'no-host-ports', or one that this library has. Give it an id of its own.",
    ],
  ],
  WaiverInvalid: [
    [
      waived('no-host-ports', { ...facts, reason: 'because' }),
      "WaiverInvalid at test/orders: reason of the waiver of 'no-host-ports' is 'because'. Give the reason, in 10 letters or more.",
    ],
    [
      waived('no-host-ports', { ...facts, expires: '2027-02-30' }),
      "WaiverInvalid at test/orders: expires of the waiver of 'no-host-ports' is '2027-02-30'. Give the last day on which it holds, such as '2027-03-31'.",
    ],
    [
      waived('no-host-ports', undefined),
      "WaiverInvalid at test/orders: the waiver of 'no-host-ports' is undefined. Give { reason, owner, expires }.",
    ],
  ],
  WaiverUnknown: [
    [
      waived('no-host-port', facts),
      "WaiverUnknown at test/orders: a waiver names 'no-host-port', which is no rule. Write 'no-host-ports'.",
    ],
  ],
  WaiverUnused: [
    [
      waived('no-host-ports', facts),
      'WaiverUnused at test/orders: nothing that the waiver of no-host-ports covers breaks it. Remove it.',
    ],
    [
      waived('allowed-registries', facts),
      "WaiverUnused at test/orders: a waiver of allowed-registries, which is not among the platform's rules, excuses nothing. Remove it.",
    ],
  ],
};
