import { alertList, places, title, told } from './card';
import { recovery } from './closing';
import type { RunbookFacts } from './facts';
import { isItUs } from './is-it-us';
import { anchor, joined } from './markdown';
import { whoIsHurt } from './who-is-hurt';

/** The runbook of what is not of this application: a host outside, or whatever else a rule calls a service. */
export function hostRunbook(facts: RunbookFacts): string {
  const { application, owner, service, edges, alerts } = facts;
  const ports = new Set(edges.filter(({ to }) => to === service).map(({ port }) => port));
  const isHost = ports.size > 0;
  const explained = ['SLODependentsBurnPage', 'ExternalHostDown'];
  return joined(
    title(application, service),
    isHost
      ? `Outside, port ${[...ports].sort((a, b) => a - b).join(', ')}. Team **${owner}** calls it; others run it · application ${application}`
      : `Team **${owner}** · application ${application}`,
    told(facts),
    alertList(facts),
    places(facts),
    isItUs(facts),
    alerts.some(({ name }) => name === 'ExternalHostDown')
      ? joined(
          `### ${anchor('ExternalHostDown')}`,
          'No probe of it gets through. Its status page first; then other hosts: when none can be reached it is our way out, and whoever runs the network.',
        )
      : '',
    ...alerts
      .filter(({ name }) => !explained.includes(name))
      .map(({ name, summary }) => joined(`### ${anchor(name)}`, summary)),
    whoIsHurt(facts),
    isHost
      ? '## Mitigate\n\n- Tell its owner, with times and what it answers.\n- Turn off what needs it, where that can be.\n- Tell people: it is not mended here.'
      : '',
    isHost ? recovery(facts) : '',
  );
}
