import type { Expectation } from './experiment';
import type { FiredAlert, Gathered } from './gathered';
import { secondsText } from './judge-alert';
import { firedSample, isPage, nameOf } from './judge-premises';
import { between, isoText, meanOf, samplesOf } from './moment';
import type { Answer, Sample } from './verdict';

/** The alerts of the severity page that came with the fault. */
const pagesOf = ({ alerts, began }: Gathered): readonly FiredAlert[] =>
  alerts.filter((each) => isPage(each) && each.from >= began);

/** One incident rings once, at one team; and nobody is woken where nobody was to be. */
export function judgeOnePage({ alerts: expected }: Expectation, gathered: Gathered): Answer {
  const paged = pagesOf(gathered);
  const evidence = paged.map((each) => firedSample(gathered, each));
  if (!expected.some(({ severity }) => severity === 'page')) {
    const question = 'Was nobody paged?';
    if (paged.length === 0) return { question, outcome: 'held', found: 'Nothing paged.', evidence };
    return { question, outcome: 'refuted', found: `${namesOf(paged)} fired.`, evidence };
  }
  const question = 'Was it one page, for one team?';
  const { pages, isPaging } = gathered;
  const told = pages?.map(({ receiver, at, group }): Sample => ({
    query: `receiver ${receiver}, ${group}`,
    at: isoText(at),
    value: 'page',
  }));
  const receivers = [
    ...new Set(
      pages?.map(({ receiver }) => receiver) ?? paged.map(({ labels }) => labels.team ?? 'no team'),
    ),
  ];
  const groups = new Set(pages?.map(({ group }) => group)).size;
  if (receivers.length === 0) {
    return { question, outcome: 'refuted', found: 'Nobody was told.', evidence };
  }
  const whom = receivers.sort().join(', ');
  const isOne = receivers.length === 1 && (!isPaging || groups <= 1);
  const how = isPaging
    ? pagesText(pages ? groups : undefined)
    : 'a ticket, since nothing pages in this environment,';
  return {
    question,
    outcome: isOne ? 'held' : 'refuted',
    found: `${how} went to ${whom}.`.replace(/^./, (first) => first.toUpperCase()),
    evidence: firstOf(told ?? evidence),
  };
}

/** Without Alertmanager's messages it is known whom the alerts name, and not how often it rang. */
const pagesText = (groups: number | undefined): string =>
  groups === undefined ? 'pages' : `${groups} ${groups === 1 ? 'page' : 'pages'}`;

const SHOWN = 5;
const firstOf = (samples: readonly Sample[]): readonly Sample[] => samples.slice(0, SHOWN);

const namesOf = (alerts: readonly FiredAlert[]): string =>
  [...new Set(alerts.map(nameOf))].sort().join(', ');

/** Whom the fault must not wake. */
export function judgeSilence({ silent }: Expectation, gathered: Gathered): readonly Answer[] {
  if (silent.length === 0) return [];
  const question = `Did nothing page for ${silent.join(', ')}?`;
  const loud = pagesOf(gathered).filter(({ labels }) => silent.includes(labels.service ?? ''));
  const evidence = loud.map((each) => firedSample(gathered, each));
  const found = loud.length === 0 ? 'Nothing did.' : `${namesOf(loud)} fired.`;
  return [{ question, outcome: loud.length === 0 ? 'held' : 'refuted', found, evidence }];
}

/** Over the fault, a service lost no larger share of its events than its objective allows. */
export function judgeHolds(service: string, { burns, began, ended }: Gathered): Answer {
  const question = `Did the objectives of ${service} hold?`;
  const own = burns.filter((each) => each.service === service);
  const rates = own.map(({ slo, objective, query, points }) => {
    const during = between(points, began, ended);
    const mean = meanOf(during);
    return {
      slo,
      samples: samplesOf(query, during),
      rate: mean === undefined ? undefined : mean / (1 - objective / 100),
    };
  });
  const evidence = rates.flatMap(({ samples }) => samples);
  const known = rates.flatMap(({ slo, rate }) => (rate === undefined ? [] : [{ slo, rate }]));
  const broken = known.filter(({ rate }) => rate > 1);
  if ((broken.length === 0 && known.length < rates.length) || rates.length === 0) {
    const found =
      rates.length === 0 ? 'It has none.' : 'There are no samples of them over the fault.';
    return { question, outcome: 'inconclusive', found, evidence };
  }
  const told = (broken.length > 0 ? broken : known)
    .map(({ slo, rate }) => `${slo} burnt ${Number(rate.toPrecision(3))} times as fast as allowed`)
    .join(', ');
  return {
    question,
    outcome: broken.length > 0 ? 'refuted' : 'held',
    found: `Its ${told}.`,
    evidence,
  };
}

/** Nothing pages any more, soon after the fault is gone. */
export function judgeRecovery(
  { recoversWithinSeconds: limit }: Expectation,
  gathered: Gathered,
): Answer {
  const question = `Did nothing page any more ${secondsText(limit)} after?`;
  const { ended, until, factor, toleranceSeconds } = gathered;
  const paged = pagesOf(gathered);
  const evidence = firstOf(paged.map((each) => firedSample(gathered, each)));
  if (paged.length === 0)
    return { question, outcome: 'held', found: 'Nothing had paged.', evidence };
  const open = paged.filter(({ to }) => to === undefined);
  const looked = (until - ended) * factor;
  const last =
    open.length > 0 ? looked : Math.max(...paged.map(({ to = until }) => (to - ended) * factor));
  if (last > limit + toleranceSeconds) {
    const found = `${namesOf(open.length > 0 ? open : paged)} fired ${secondsText(last)} after.`;
    return { question, outcome: 'refuted', found, evidence };
  }
  if (open.length > 0) {
    const found = `${namesOf(open)} still fired when nobody looked any more, ${secondsText(Math.max(0, looked))} after.`;
    return { question, outcome: 'inconclusive', found, evidence };
  }
  return {
    question,
    outcome: 'held',
    found: `The last page ended ${secondsText(Math.max(0, last))} after.`,
    evidence,
  };
}
