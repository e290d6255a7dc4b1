import type { Problem, Source } from '../foundation';
import type { RuleSeverity } from './rule';
import type { Finding } from './ruleset';

/** Why a finding is accepted, by whom, and until when. */
export interface WaiverFacts {
  readonly reason: string;
  readonly owner: string;
  /** The last day on which it holds, as `2027-03-31`. */
  readonly expires: string;
  readonly ticket?: string;
}

/** What a rule found in one object, as reports show it. */
export interface ReportedFinding {
  readonly rule: string;
  readonly severity: RuleSeverity;
  /** A clause without a full stop. */
  readonly found: string;
  readonly why: string;
  /** An imperative without a full stop. */
  readonly fix: string;
  readonly object: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
  };
  /** Where it was found, when the objects come from a platform. */
  readonly environments?: readonly string[];
  /** The construct path, when the model knows it. */
  readonly at?: string;
  /** The line of TypeScript, when it is known. */
  readonly source?: Source;
  /** The line of YAML or JSON, when the object was read from a file. */
  readonly place?: Source;
  /** Given when the finding is waived. */
  readonly waiver?: WaiverFacts;
}

/** All that the guardrails have to say of a set of objects. */
export interface GuardrailReport {
  readonly findings: readonly ReportedFinding[];
  /** How many objects were judged. */
  readonly objects: number;
  /** The ids of the rules in force. */
  readonly rules: readonly string[];
  /** The rules that the platform left out, each with its reason. */
  readonly without: Readonly<Record<string, string>>;
  /** Waivers and files that are wrong themselves. */
  readonly problems: readonly Problem[];
}

/** A finding as reports show it, before anybody says where it was found. */
export function reportedFinding(finding: Finding, namespace: string | undefined): ReportedFinding {
  const { rule, severity, found, object } = finding;
  return {
    ...{ rule: rule.id, severity, found, why: rule.why, fix: rule.fix },
    object: {
      apiVersion: object.apiVersion,
      kind: object.kind,
      name: object.metadata.name,
      ...(namespace !== undefined && { namespace }),
    },
  };
}

/** What a waiver says, without where it stands. */
export const waiverFacts = ({ reason, owner, expires, ticket }: WaiverFacts): WaiverFacts => ({
  ...{ reason, owner, expires },
  ...(ticket !== undefined && { ticket }),
});
