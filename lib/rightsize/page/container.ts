import type { Evidence, Proposal } from '../../sizing';
import type { SizedContainer } from '../rightsize';
import { lines, markup, nothing, type Markup } from './markup';
import { changeText, counted, shareText } from './numbers';
import { numbersTable } from './numbers-table';
import { picture } from './picture';
import { isChanged, resourcesOf, type Resource } from './resource';
import { kindText, nameOf, wordOf } from './words';

/**
 * One container: its verdict, pictures of both resources, why, the numbers, and what they rest on.
 * @param id - unique in the page
 */
export function containerCard(sized: SizedContainer, id: string): Markup {
  const { drift, proposal } = sized;
  const name = nameOf(sized);
  const resources = resourcesOf(sized);
  const isShared = haveSameReasons(proposal);
  return markup`
    <article id="${id}" aria-labelledby="${id}-name">
    <header>
    <h3 id="${id}-name">${name}</h3>
    <p class="marks">
    <span class="verdict ${drift.verdict}">${wordOf(drift.verdict)}</span> ${' '}
    <span class="state">${wordOf(proposal.state)}</span>
    ${sized.measured ? nothing : markup` <span class="advice">written down: advice only</span>`}
    </p>
    <p class="facts">${factsOf(sized).join(' · ')}</p>
    </header>
    ${verdictReasons(sized, isShared)}
    <div>${resources.map((resource) => figure(resource, name, `${id}-${resource.name}`, isShared))}</div>
    ${numbersTable(resources, name)}
    ${evidenceList(sized)}
    </article>`;
}

function factsOf({ kind, subject, pods, measured }: SizedContainer): readonly string[] {
  return [
    kindText(kind),
    measured ? `tier ${subject.tier}` : `judged by the tier ${subject.tier}`,
    ...(subject.runtime === undefined ? [] : [`runtime ${subject.runtime}`]),
    pods === 0 ? 'no pods seen' : `${counted(pods, 'pod')} seen`,
  ];
}

function figure(resource: Resource, of: string, id: string, isShared: boolean): Markup {
  const { name, proposal, text } = resource;
  const { current, request, state } = proposal;
  const change = changeText(current, request);
  const amounts = isChanged(resource) ? `${text(current)} → ${text(request)}` : text(current);
  return markup`
    <figure>
    <figcaption><b>${name}</b> <span class="amounts">${amounts}</span>
    ${change === undefined ? nothing : markup` <span class="change">${change}</span>`} ${' '}
    <span class="word">${wordOf(state)}</span></figcaption>
    ${picture(resource, of, id)}
    ${isShared ? nothing : reasonList(proposal.reasons)}
    </figure>`;
}

const reasonList = (reasons: readonly string[]): Markup =>
  reasons.length === 0
    ? nothing
    : markup`<ul class="reasons">${reasons.map((reason) => markup`<li>${reason}</li>`)}</ul>`;

/** Whether one thing is the reason of all, such as that there are no metrics: it is told once. */
const haveSameReasons = ({ cpu, memory }: Proposal): boolean =>
  cpu.reasons.join('\n') === memory.reasons.join('\n');

/** Why the verdict is what it is, where the resources do not say so. */
function verdictReasons(
  { drift, proposal: { cpu, memory } }: SizedContainer,
  isShared: boolean,
): Markup {
  const said = new Set([
    ...cpu.reasons.flatMap((reason) => [reason, `cpu: ${reason}`]),
    ...memory.reasons.flatMap((reason) => [reason, `memory: ${reason}`]),
  ]);
  const own = drift.reasons.filter((reason) => !said.has(reason));
  const rest = [...own, ...(isShared ? cpu.reasons : [])];
  return rest.length === 0
    ? nothing
    : markup`<p class="why"><b>${wordOf(drift.verdict)}:</b> ${rest.join('; ')}</p>`;
}

/** What the numbers rest on, as terms and what is said of them. */
function evidenceList(sized: SizedContainer): Markup {
  const { evidence, rule, targetCpuPercent } = sized.proposal;
  const { hpa } = sized.subject;
  const facts: (readonly [string, string])[] = [
    ['rule', rule],
    ...(evidence ? factsOfEvidence(evidence) : []),
    ...(hpa && targetCpuPercent !== undefined && targetCpuPercent !== hpa.targetCpuPercent
      ? [["autoscaler's CPU target", `${hpa.targetCpuPercent}% → ${targetCpuPercent}%`] as const]
      : []),
  ];
  return markup`
    <dl class="evidence">
    ${lines(facts.map(([term, said]) => markup`<div><dt>${term}</dt><dd>${said}</dd></div>`))}
    </dl>`;
}

function factsOfEvidence(evidence: Evidence): readonly (readonly [string, string])[] {
  const { samples, runs, oomKills, throttled, above, heldOut } = evidence;
  const kills = oomKills === 0 ? 'never' : oomKills === 1 ? 'once' : counted(oomKills, 'time');
  return [
    [
      'measured',
      counted(samples, 'sample') + (runs === undefined ? '' : `, ${counted(runs, 'run')}`),
    ],
    ['CPU above the proposal', shareText(above)],
    ...(heldOut === undefined ? [] : [['of held-out days', shareText(heldOut)] as const]),
    ['killed for memory', kills],
    ...(throttled > 0 ? [['held back by its limit', shareText(throttled)] as const] : []),
  ];
}
