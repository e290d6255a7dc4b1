/** Measures a synthesis with the rules of a pack: `guardrails.ts <none|golden-path|strict> <services>`. */
import { rules, type GuardrailProps } from '../../lib';
import { childArguments, report, timed, type Phase } from '../child';
import { oneApplication, platform } from '../services';

const argument = childArguments();
const [pack, services] = [argument(0), Number(argument(1))];
const noRules = Object.fromEntries(rules.map(({ id }) => [id, 'measured without']));
const guardrails: GuardrailProps =
  pack === 'none' ? { without: noRules } : { pack: pack === 'strict' ? 'strict' : 'golden-path' };

const phases: Record<string, Phase> = {};
const app = timed(phases, 'construct', () => {
  const made = platform(guardrails);
  oneApplication(made, services);
  return made;
});
const rendering = timed(phases, 'render', () => app.render());

const { objects, rules: inForce, findings } = rendering.guardrails;
const [problem] = rendering.problems;
if (problem) throw new Error(`${problem.code} at ${problem.at}: ${problem.found}`);
if (findings.length > 0) throw new Error(`${findings.length} findings`);
report({ phases, objects, files: 0, rules: inForce.length });
