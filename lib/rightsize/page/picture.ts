import type { Usage } from '../../sizing';
import { lines, markup, nothing, type Markup } from './markup';
import { changeText } from './numbers';
import { isChanged, type Resource } from './resource';
import { scaleOf, shareOfWidth, type Scale } from './scale';

/** The height of a picture; its width is that of its place, so that its text stays readable on a phone. */
const HEIGHT = 88;

/**
 * Requests and use of one resource on one scale: the proposed request above, that of now below, and the use between them. Across, all is
 * in percent of the width.
 * @param id - unique in the page
 */
export function picture(resource: Resource, of: string, id: string): Markup {
  const { usage, limit } = resource;
  const scale = scaleFor(resource);
  return markup`
    <svg role="img" aria-labelledby="${id}-title ${id}-text" width="100%" height="${HEIGHT}">
    <title id="${id}-title">${titleOf(resource, of)}</title>
    <desc id="${id}-text">${descriptionOf(resource, scale)}</desc>
    ${axis(resource, scale)}
    ${usage ? useMarks(usage, scale) : nothing}
    ${limit ? limitMarks(limit, scale) : nothing}
    ${requestMarks(resource, scale)}
    </svg>`;
}

function scaleFor({ proposal, usage, limit, steps }: Resource): Scale {
  const near = [proposal.current, proposal.request, ...(usage ? [usage.p99] : [])];
  const far = [
    ...(usage ? [usage.max, usage.startup ?? 0] : []),
    ...(limit ? [limit.current, limit.proposed] : []),
  ];
  return scaleOf(near, far, steps);
}

function titleOf(resource: Resource, of: string): string {
  const { name, proposal, text } = resource;
  const now = `${name} of ${of}: ${text(proposal.current)} requested now`;
  return isChanged(resource) ? `${now}, ${text(proposal.request)} proposed` : `${now}, and kept`;
}

function descriptionOf({ usage, limit, text }: Resource, { end, isCut }: Scale): string {
  const use = usage
    ? `Its use: p50 ${text(usage.p50)}, p95 ${text(usage.p95)}, p98 ${text(usage.p98)}, p99 ${text(usage.p99)}, most ${text(usage.max)}` +
      (usage.startup === undefined ? '.' : `, most while it started ${text(usage.startup)}.`)
    : 'Its use was not measured.';
  const limits = limit
    ? ` Its limit: ${text(limit.current)} now, ${text(limit.proposed)} proposed.`
    : '';
  const cut = isCut ? '; what is above stands at its right end' : '';
  return `${use}${limits} The scale goes from 0 to ${text(end)}${cut}.`;
}

/** A mark whose shape is drawn around its place. */
const mark = (scale: Scale, amount: number, shape: Markup): Markup =>
  markup`<svg class="at" x="${shareOfWidth(scale, amount)}%">${shape}</svg>`;

const TRACK = { top: 22, height: 22 };

function axis(resource: Resource, scale: Scale): Markup {
  const beyond = textBeyond(resource, scale);
  const room = beyond === '' ? WHOLE : Math.max(0, ROOM - beyond.length * WIDTH_OF_CHARACTER);
  return markup`
    <rect class="track" y="${TRACK.top}" width="100%" height="${TRACK.height}"/>
    ${scale.ticks.map((tick) => tickMark(scale, tick, resource.text(tick), room))}
    ${
      beyond === ''
        ? nothing
        : markup`<text class="beyond" x="100%" y="84" text-anchor="end">${beyond}</text>`
    }`;
}

/** What lies beyond the end of the scale. */
function textBeyond({ usage, limit, text }: Resource, { end }: Scale): string {
  const far = [
    ...(limit ? [['limit', Math.max(limit.current, limit.proposed)] as const] : []),
    ...(usage ? [['most', usage.max] as const] : []),
    ...(usage?.startup === undefined ? [] : [['start', usage.startup] as const]),
  ].filter(([, amount]) => amount > end);
  const told = far.map(([what, amount]) => `${what} ${text(amount)}`).join(', ');
  return told === '' ? '' : `${told} →`;
}

/** In percent of the width of a phone. */
const WIDTH_OF_CHARACTER = 2;
/** Up to where ticks have labels: the whole width, or what the text of what lies beyond leaves. */
const [WHOLE, ROOM] = [100, 92];
/** From here on a label ends at its tick. */
const LAST = 94;

function tickMark(scale: Scale, amount: number, text: string, room: number): Markup {
  const place = shareOfWidth(scale, amount);
  const anchor = amount === 0 ? 'start' : place > LAST ? 'end' : 'middle';
  const label =
    place <= room
      ? markup`<text class="tick" x="${place}%" y="84" text-anchor="${anchor}">${text}</text>`
      : nothing;
  return markup`<line class="grid" x1="${place}%" x2="${place}%" y1="${TRACK.top}" y2="72"/>${label}`;
}

const diamond = markup`<path class="most" d="M-5 33L0 28L5 33L0 38Z"/>`;
const arrow = markup`<path class="most" d="M-8 28L0 33L-8 38Z"/>`;
const triangle = markup`<path class="start" d="M-4 47L0 40L4 47Z"/>`;

function useMarks({ p50, p95, p98, p99, max, startup }: Usage, scale: Scale): Markup {
  const at = (amount: number): number => shareOfWidth(scale, Math.min(amount, scale.end));
  const wide = Number((at(p95) - at(p50)).toFixed(2));
  const end = max > scale.end ? arrow : diamond;
  return markup`
    <line class="tail" x1="${at(p95)}%" x2="${at(max)}%" y1="33" y2="33"/>
    <rect class="usual" x="${at(p50)}%" y="27" width="${wide}%" height="12"/>
    <line class="p98" x1="${at(p98)}%" x2="${at(p98)}%" y1="28" y2="38"/>
    <line class="p99" x1="${at(p99)}%" x2="${at(p99)}%" y1="24" y2="42"/>
    ${mark(scale, Math.min(max, scale.end), end)}
    ${startup !== undefined && startup <= scale.end ? mark(scale, startup, triangle) : nothing}`;
}

const caps = markup`<path class="limit" d="M-6 20H6M0 20V46M-6 46H6"/>`;

const limitMarks = (
  { current, proposed }: NonNullable<Resource['limit']>,
  scale: Scale,
): readonly Markup[] =>
  [...new Set([current, proposed])]
    .filter((limit) => limit <= scale.end)
    .map((limit) => mark(scale, limit, caps));

const hollow = markup`<rect class="now" x="-2.5" y="22" width="5" height="38"/>`;
const solid = markup`<rect class="proposed" x="-1.5" y="4" width="3" height="40"/>`;

function requestMarks(resource: Resource, scale: Scale): Markup {
  const { current, request } = resource.proposal;
  const { text } = resource;
  const change = changeText(current, request);
  const label = isChanged(resource)
    ? `proposed ${text(request)}${change === undefined ? '' : ` (${change})`}`
    : `stays ${text(current)}`;
  return lines([
    ...(isChanged(resource) ? [mark(scale, current, hollow)] : []),
    mark(scale, request, solid),
    requestLabel(scale, request, label, 'proposed-label', 12),
    ...(isChanged(resource)
      ? [requestLabel(scale, current, `now ${text(current)}`, 'now-label', 60)]
      : []),
  ]);
}

/** Beside its line, on the side that has more room. */
function requestLabel(scale: Scale, amount: number, text: string, name: string, y: number): Markup {
  const place = shareOfWidth(scale, amount);
  const [anchor, away] = place <= 50 ? ['start', 7] : ['end', -7];
  return markup`<text class="${name}" x="${place}%" dx="${away}" y="${y}" text-anchor="${anchor}">${text}</text>`;
}
