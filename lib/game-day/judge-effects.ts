import { isoText } from '../foundation';
import type { Expectation } from './experiment';
import type { FiredAlert, Gathered, ReceivedPage } from './gathered';
import { secondsText } from './judge-alert';
import { firedSample, isPage, nameOf } from './judge-premises';
import { between, meanOf, samplesOf } from './points';
import { afterOf, faultOf, isSeen, isWatched, seenShare, unseenText } from './seen';
import type { Answer, Sample } from './verdict';

/** The alerts of the severity page that came with the fault. */
const pagesOf = ({ alerts, began }: Gathered): readonly FiredAlert[] =>
  alerts.filter((each) => isPage(each) && each.from >= began);

/** One incident rings once, at one team; and nobody is woken where nobody was to be. */
export function judgeOnePage(expects: Expectation, gathered: Gathered): Answer {
  const paged = pagesOf(gathered);
  const evidence = paged.map((each) => firedSample(gathered, each));
  if (!expects.alerts.some(({ severity }) => severity === 'page')) {
    const question = 'Was nobody paged?';
    if (paged.length === 0) return nothing(question, 'Nothing paged', expects, gathered);
    return { question, outcome: 'refuted', found: `${namesOf(paged)} fired.`, evidence };
  }
  return oneTeam(paged, gathered, evidence);
}

/** That nothing fired is known of a time in which the rules were evaluated, and of no other. */
function nothing(
  question: string,
  found: string,
  expects: Expectation,
  gathered: Gathered,
): Answer {
  const unseen = [faultOf(gathered), afterOf(expects, gathered)].find(
    (phase) => !isWatched(gathered, phase),
  );
  return {
    question,
    outcome: unseen ? 'inconclusive' : 'held',
    found: unseen ? `${found}. But ${unseenText(gathered, unseen)}.` : `${found}.`,
    evidence: [],
  };
}

const ONE_PAGE = 'Was it one page, for one team?';

function oneTeam(
  paged: readonly FiredAlert[],
  gathered: Gathered,
  evidence: readonly Sample[],
): Answer {
  const question = ONE_PAGE;
  const { pages, silences = [], began, ended } = gathered;
  const quiet = silences.filter(({ from, to }) => from <= ended && to >= began);
  if (quiet.length > 0) {
    const found = `A silence of ${quiet.map(({ of }) => of).join(' and of ')} may have kept it quiet.`;
    return { question, outcome: 'inconclusive', found, evidence };
  }
  // The label is the owner's name.
  const owners = [...new Set(paged.map(({ labels }) => labels.team ?? 'no team'))].sort();
  return pages
    ? byPages(pages, owners, gathered)
    : { question, evidence: firstOf(evidence), ...byAlerts(owners, gathered) };
}

/** By what receivers got: it has to be one page, at the receiver of the team whose alerts these are. */
function byPages(
  pages: readonly ReceivedPage[],
  owners: readonly string[],
  { isPaging }: Gathered,
): Answer {
  const question = ONE_PAGE;
  const evidence = firstOf(
    pages.map(({ receiver, at, group }): Sample => ({
      query: `receiver ${receiver}, ${group}`,
      at: isoText(at),
      value: 'page',
    })),
  );
  const receivers = [...new Set(pages.map(({ receiver }) => receiver))].sort();
  if (receivers.length === 0) {
    return { question, outcome: 'refuted', found: 'Nobody was told.', evidence };
  }
  const groups = new Set(pages.map(({ group }) => group)).size;
  const how = isPaging
    ? `${groups} ${groups === 1 ? 'page' : 'pages'}`
    : 'A ticket, since nothing pages in this environment,';
  const found = `${how} went to ${receivers.join(', ')}`;
  if (receivers.length > 1 || (isPaging && groups > 1)) {
    return { question, outcome: 'refuted', found: `${found}.`, evidence };
  }
  if (owners.length === 0) {
    const why = `${found}, and no alert that fired tells whose it is.`;
    return { question, outcome: 'inconclusive', found: why, evidence };
  }
  const wanted = owners.map((owner) => `${owner}/${isPaging ? 'page' : 'ticket'}`);
  if (wanted.length === 1 && wanted[0] === receivers[0]) {
    return { question, outcome: 'held', found: `${found}.`, evidence };
  }
  const why = `${found}, and the alerts were of ${owners.join(', ')}.`;
  return { question, outcome: 'refuted', found: why, evidence };
}

/** Where nobody wrote messages down it is known whose alerts fired, and not how often it rang. */
function byAlerts(
  owners: readonly string[],
  { silences }: Gathered,
): Pick<Answer, 'outcome' | 'found'> {
  const found = `Alerts of ${owners.join(', ')} fired`;
  if (owners.length === 0) return { outcome: 'refuted', found: 'Nothing that pages fired.' };
  if (owners.length > 1 || owners[0] === 'no team')
    return { outcome: 'refuted', found: `${found}.` };
  return silences
    ? { outcome: 'held', found: `${found}, and no silence kept them quiet.` }
    : {
        outcome: 'inconclusive',
        found: `${found}. Whether anybody was told is not known: no Alertmanager was asked for silences.`,
      };
}

const SHOWN = 5;
const firstOf = (samples: readonly Sample[]): readonly Sample[] => samples.slice(0, SHOWN);

const namesOf = (alerts: readonly FiredAlert[]): string =>
  [...new Set(alerts.map(nameOf))].sort().join(', ');

/** Whom the fault must not wake. */
export function judgeSilence(expects: Expectation, gathered: Gathered): readonly Answer[] {
  const { silent } = expects;
  if (silent.length === 0) return [];
  const question = `Did nothing page for ${silent.join(', ')}?`;
  const loud = pagesOf(gathered).filter(({ labels }) => silent.includes(labels.service ?? ''));
  if (loud.length === 0) return [nothing(question, 'Nothing did', expects, gathered)];
  const evidence = loud.map((each) => firedSample(gathered, each));
  return [{ question, outcome: 'refuted', found: `${namesOf(loud)} fired.`, evidence }];
}

/** Over the fault, a service lost no larger share of its events than its objective allows. */
export function judgeHolds(service: string, gathered: Gathered): Answer {
  const { burns, began, ended, stepSeconds } = gathered;
  const fault = faultOf(gathered);
  const question = `Did the objectives of ${service} hold?`;
  const own = burns.filter((each) => each.service === service);
  const rates = own.map(({ slo, objective, query, points }) => {
    const during = between(points, began, ended);
    const rate = (meanOf(during) ?? 0) / (1 - objective / 100);
    return {
      ...{ slo, rate, samples: samplesOf(query, during), isKnown: isSeen(points, fault, gathered) },
      // Whatever was in a hole, it burnt at least as much as what was seen.
      isBroken: rate * Math.min(1, seenShare(points, fault, stepSeconds)) > 1,
    };
  });
  const evidence = rates.flatMap(({ samples }) => samples);
  const known = rates.filter(({ isKnown }) => isKnown);
  const broken = rates.filter(({ isBroken, isKnown, rate }) => isBroken || (isKnown && rate > 1));
  if ((broken.length === 0 && known.length < rates.length) || rates.length === 0) {
    const found =
      rates.length === 0 ? 'It has none.' : 'There are not enough samples of them over the fault.';
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
export function judgeRecovery(expects: Expectation, gathered: Gathered): Answer {
  const { recoversWithinSeconds: limit } = expects;
  const question = `Did nothing page any more ${secondsText(limit)} after?`;
  const { ended, until, factor, toleranceSeconds } = gathered;
  const paged = pagesOf(gathered);
  const evidence = firstOf(paged.map((each) => firedSample(gathered, each)));
  if (paged.length === 0) return nothing(question, 'Nothing had paged', expects, gathered);
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
  // An alert ends where samples do, and whoever does not look sees nothing that comes again.
  const end = ended + last / factor;
  const then = { from: end, to: Math.min(until, end + ENDED_SECONDS / factor) };
  const unseen = [faultOf(gathered), afterOf(expects, gathered), then].find(
    (phase) => phase.to > phase.from && !isWatched(gathered, phase),
  );
  const told = `The last page ended ${secondsText(Math.max(0, last))} after.`;
  return {
    question,
    outcome: unseen ? 'inconclusive' : 'held',
    found: unseen ? `${told} But ${unseenText(gathered, unseen)}.` : told,
    evidence,
  };
}

/** For how long the rules have to be evaluated after the end of an alert, so that it is one. */
const ENDED_SECONDS = 120;
