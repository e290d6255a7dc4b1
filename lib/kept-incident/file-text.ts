import { createHash } from 'node:crypto';
import { isoText } from '../foundation';
import { selector } from '../prometheus';
import type { KeptIncident, KeptSamples } from './kept';
import { samplesText } from './samples';

/** The only form there has been. */
export const VERSION = 1;

/** A kept incident as text: the same one gives the same text. */
export function incidentText(kept: KeptIncident): string {
  const series = kept.series.map(seriesText).join(',\n');
  const head = {
    goldenPathIncident: VERSION,
    ...{ application: kept.application, service: kept.service, environment: kept.environment },
    ...{ from: isoText(kept.span.start), to: isoText(kept.span.end) },
    ...(kept.began !== undefined && { began: isoText(kept.began) }),
    ...{ stepSeconds: kept.stepSeconds, uncertaintySeconds: kept.uncertaintySeconds },
    lookbackSeconds: kept.lookbackSeconds,
    pages: kept.pages.map(({ alertname, service, slo, severity, firingSince }) => ({
      ...{ alertname, service, ...(slo !== undefined && { slo }), severity },
      firingSince: isoText(firingSince),
    })),
    selectors: kept.selectors.map(({ metric, matchers, from }) => ({
      select: selector(metric, matchers),
      from: isoText(from),
    })),
    ...{ dropped: kept.dropped, present: kept.present },
    digest: digestOf(kept.series),
  };
  const text = JSON.stringify(head, null, 2).replace(/\n\}$/, '');
  return `${text},\n  "series": [\n${series}\n  ]\n}\n`;
}

function seriesText({ metric, labels, ...samples }: KeptSamples): string {
  const lines = samplesText(samples).map((line) => `      ${JSON.stringify(line)}`);
  const start = `    { "metric": ${JSON.stringify(metric)}, "labels": ${JSON.stringify(labels)}`;
  return `${start}, "samples": [\n${lines.join(',\n')}\n    ] }`;
}

/** By which is told whether series are those that were saved. */
export function digestOf(series: readonly KeptSamples[]): string {
  const hash = createHash('sha256');
  for (const { metric, labels, ...samples } of series) {
    hash.update(`${JSON.stringify([metric, labels, samplesText(samples)])}\n`);
  }
  return hash.digest('hex');
}
