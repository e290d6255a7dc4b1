export { rules, type RuleId } from './catalogue';
export {
  foreignLoadsOf,
  graphRules,
  loadsOf,
  podAmount,
  type GraphRuleId,
  type Load,
  type Side,
} from './graph';
export { celRules, type CelRuleId } from './rules';
export { kindOf, kinds, podKinds, type RuleKind } from './kinds';
export { inNamespace } from './namespace';
export {
  reportedFinding,
  waiverFacts,
  type GuardrailReport,
  type ReportedFinding,
  type WaiverFacts,
} from './report';
export {
  isCelRule,
  linters,
  packs,
  type CelRule,
  type GraphRule,
  type Linter,
  type Pack,
  type RuleFacts,
  type RuleParameters,
  type RuleSeverity,
  type Scene,
  type SceneFinding,
} from './rule';
export { Ruleset, type Finding } from './ruleset';
export { selectRules, stockCeilings, type GuardrailProps, type SelectedRule } from './selection';
export { sharedVariables, variablesOf, type SharedVariable } from './variables';
export {
  admissionBindings,
  admissionPolicies,
  GUARDED,
  type AdmissionStage,
  type AdmissionWaiver,
} from './admission';
export { guardrailsShape } from './check-guardrails';
export {
  checkUsed,
  excuses,
  waive,
  waiversIn,
  type KnownRule,
  type Waiver,
  type WaiverProps,
} from './waiver';
export { checkFiles, type CheckFilesProps, type ReadFile } from './check-files';
export { asOf } from './expiry';
export { failLevels, fails, rankOf, type FailLevel } from './fail-level';
export { MOST_BYTES, readManifests, synthesizedIn } from './read';
export {
  GuardrailValidation,
  type GuardrailValidationContext,
  type GuardrailValidationProps,
  type GuardrailViolation,
} from './validation';
