import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, grouped, ProblemLog, type Problem } from '../foundation';
import { checkFiles, type ReadFile } from './check-files';
import { guardrailsShape } from './check-guardrails';
import { failLevels, fails, type FailLevel } from './fail-level';
import { readManifests, synthesizedIn } from './read';
import type { ReportedFinding } from './report';
import type { GuardrailProps } from './selection';

/** What `properties` in cdk8s.yaml may hold. */
export interface GuardrailValidationProps extends GuardrailProps {
  /** The least that fails the synthesis. @default 'error' */
  readonly failOn?: FailLevel;
}

/** What a plugin tells cdk8s-cli of a broken rule. */
export interface GuardrailViolation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: readonly {
    readonly resourceName: string;
    readonly locations: readonly string[];
    readonly manifestPath: string;
  }[];
}

/** What cdk8s-cli hands to a plugin, as far as this one reads it. */
export interface GuardrailValidationContext {
  /** The files that were synthesized. */
  readonly manifests: readonly string[];
  readonly report: {
    addViolation(violation: GuardrailViolation): void;
    submit(status: 'success' | 'failure', metadata?: Readonly<Record<string, string>>): void;
  };
}

/**
 * The guardrails as a validation plugin of cdk8s-cli, for projects that do not use the rest of this library:
 *
 * ```yaml
 * validations:
 *   - package: cdk8s-golden-path
 *     version: 0.1.0
 *     class: GuardrailValidation
 *     properties: { pack: restricted, failOn: warning }
 * ```
 */
export class GuardrailValidation {
  readonly #failOn: FailLevel;
  readonly #props: GuardrailProps;
  readonly #problems: readonly Problem[];

  /** Takes what cdk8s.yaml says, unchecked; what is wrong with it fails the validation. */
  public constructor(properties: GuardrailValidationProps = {}) {
    const { failOn = 'error', ...props } = properties;
    const log = new ProblemLog('cdk8s.yaml');
    guardrailsShape.check(props, 'properties', log);
    if (!failLevels.includes(failOn)) {
      const fix = `Give one of ${failLevels.join(', ')}`;
      log.error('PropInvalid', `properties.failOn is ${describe(failOn)}`, fix);
    }
    this.#failOn = failOn;
    this.#props = log.errors === 0 ? props : {};
    this.#problems = log.problems;
  }

  /** Judges every manifest, and hands over the report. */
  public validate({ manifests, report }: GuardrailValidationContext): Promise<void> {
    const judged = checkFiles(manifests.map(readFile), this.#props);
    const problems = [...this.#problems, ...judged.problems];
    // Advice would only bury what matters, unless it is asked for.
    const findings = judged.findings.filter(
      ({ severity, waiver }) => !waiver && (severity !== 'info' || this.#failOn === 'info'),
    );
    problems.map(violationOf).forEach((violation) => report.addViolation(violation));
    for (const found of grouped(findings, ({ rule }) => rule).values()) {
      report.addViolation(brokenRule(found));
    }
    const hasFailed =
      problems.length > 0 || findings.some(({ severity }) => fails(severity, this.#failOn));
    const counts = { objects: String(judged.objects), rules: String(judged.rules.length) };
    report.submit(hasFailed ? 'failure' : 'success', counts);
    return Promise.resolve();
  }
}

function readFile(file: string): ReadFile {
  const synthesized = synthesizedIn(path.dirname(file));
  const manifests = readManifests(fs.readFileSync(file), file);
  return { ...manifests, file, ...(synthesized && { synthesized }) };
}

function brokenRule(findings: readonly ReportedFinding[]): GuardrailViolation {
  const [{ rule, severity, why, fix }] = findings as readonly [ReportedFinding];
  return {
    ...{ ruleName: rule, recommendation: `${why} (${severity})`, fix },
    violatingResources: findings.map(({ object, found, place }) => ({
      resourceName: object.name,
      locations: [place ? `line ${place.line}: ${found}` : found],
      manifestPath: place?.file ?? '',
    })),
  };
}

const violationOf = ({ code, at, found, fix, source }: Problem): GuardrailViolation => ({
  ...{ ruleName: code, recommendation: found, fix },
  violatingResources: [
    {
      resourceName: at,
      locations: [source ? `line ${source.line}: ${found}` : found],
      manifestPath: source?.file ?? at,
    },
  ],
});
