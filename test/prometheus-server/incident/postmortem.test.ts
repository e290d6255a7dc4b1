import { setTimeout as sleep } from 'node:timers/promises';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { repository } from '../../../apps/repository';
import { EmulatedGraph, scaled, startStage, type Stage } from '../../../lib/rehearsal';
import { ProjectFolder } from '../../cli/project-folder';
import { rulesOf } from './rendered-rules';
import { binaries, now, recommended, until } from './stage';

/** An hour is a minute. */
const FACTOR = 60;
const APPLICATION = 'online-boutique';
const ENVIRONMENT = 'prod';
const CAUSE = 'productcatalogservice';
const NAMESPACE = 'online-boutique-prod';
const HISTORY_SECONDS = (6.5 * 3600) / FACTOR;

const rendering = repository().render();
const model = rendering.models.find(({ application }) => application === APPLICATION)!;

/** What kube-state-metrics says beside: a release, and a container that ended. */
class Kubernetes {
  public released = Infinity;
  #server: http.Server | undefined;

  /** Serves what another server says, with more. */
  public async start(target: string): Promise<string> {
    const server = http.createServer((_, response) => {
      void fetch(`http://${target}/metrics`)
        .then((answer) => answer.text())
        .then((text) => {
          response.setHeader('content-type', 'text/plain; version=0.0.4');
          response.end(text + this.#text());
        });
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  public stop(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }

  #text(): string {
    const isReleased = now() / 1000 >= this.released;
    const set = (name: string, made: number): string =>
      [
        `kube_replicaset_created{namespace="${NAMESPACE}",replicaset="${name}"} ${made}`,
        `kube_replicaset_owner{namespace="${NAMESPACE}",replicaset="${name}",owner_kind="Deployment",owner_name="${CAUSE}"} 1`,
      ].join('\n');
    const pod = `namespace="${NAMESPACE}",pod="${CAUSE}-6b7f9c5d4-x7k2p",container="${CAUSE}"`;
    return [
      set(`${CAUSE}-old`, 1_700_000_000),
      ...(isReleased ? [set(`${CAUSE}-new`, this.released)] : []),
      `kube_deployment_status_observed_generation{namespace="${NAMESPACE}",deployment="${CAUSE}"} ${isReleased ? 2 : 1}`,
      `kube_pod_container_status_restarts_total{${pod}} ${isReleased ? 1 : 0}`,
      ...(isReleased
        ? [`kube_pod_container_status_last_terminated_reason{${pod},reason="OOMKilled"} 1`]
        : []),
      `kube_pod_info{namespace="${NAMESPACE}",pod="${CAUSE}-6b7f9c5d4-x7k2p",node="node-1"} 1`,
      'kube_node_status_condition{condition="Ready",status="true",node="node-1"} 1',
      '',
    ].join('\n');
  }
}

describe('the postmortem of ten minutes of outage, sixty times as fast', () => {
  let stage: Stage;
  const folder = new ProjectFolder();
  const graph = new EmulatedGraph(model, { environment: ENVIRONMENT, now });
  const kubernetes = new Kubernetes();
  const times = { from: 0, injected: 0, mended: 0, to: 0 };
  const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();
  const wait = (seconds: number): Promise<unknown> => sleep((seconds / FACTOR) * 1000);

  beforeAll(async () => {
    for (const [file, text] of rendering.files) folder.write(`dist/${file}`, text);
    for (const each of rendering.models) {
      folder.write(`dist/model/${each.application}.json`, JSON.stringify(each));
    }
    stage = await startStage(binaries(), {
      rules: scaled(rulesOf(rendering, ENVIRONMENT, APPLICATION), FACTOR),
      history: (file) => {
        graph.writeHistory(file, { seconds: HISTORY_SECONDS, step: 0.5 });
      },
      target: async () => kubernetes.start(await graph.start()),
      interval: '500ms',
      routes: recommended('500ms', '5s'),
      now,
      signal: new AbortController().signal,
    });
    const seen =
      'slo:sli_error:ratio_rate5m and on () (kube_pod_container_status_restarts_total == 0)';
    await until('samples', async () => (await stage.ask(seen)).length > 0);
    await sleep(5000);
    times.from = now() / 1000;
    kubernetes.released = Math.round(now() / 1000);
    await wait(240);
    times.injected = now() / 1000;
    graph.inject({ target: CAUSE, fault: { kind: 'fail-pods' } });
    await until('a page', () => stage.webhook.received.length > 0);
    await silence();
    await wait(600);
    graph.mend();
    times.mended = now() / 1000;
    await until(
      'the end of all pages',
      async () => (await stage.ask('ALERTS{alertstate="firing",severity="page"}')).length === 0,
      90,
    );
    await sleep(2000);
    times.to = now() / 1000 - 0.1;
  }, 240_000);

  afterAll(async () => {
    kubernetes.stop();
    await graph.stop();
    await stage.stop();
    folder.remove();
  });

  async function silence(): Promise<void> {
    const matchers = [{ name: 'service', value: 'frontend', isRegex: false, isEqual: true }];
    const answer = await fetch(`${stage.alertmanagerUrl}/api/v2/silences`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        matchers,
        startsAt: iso(now() / 1000),
        endsAt: iso(now() / 1000 + 600),
        createdBy: 'jane.doe@example.com',
        comment: 'Jane looks at the catalog, the cause is known',
      }),
    });
    expect(answer.status).toBe(200);
  }

  const write = (...more: readonly string[]) =>
    folder.call([
      ...['postmortem', 'frontend', '--environment', ENVIRONMENT, '--pace', String(FACTOR)],
      ...['--from', iso(times.from), '--to', iso(times.to), '--prometheus', stage.url],
      ...['--alertmanager', stage.alertmanagerUrl, ...more],
    ]);

  it('is written, with what servers know', async () => {
    const { status, stderr } = await write('--output', 'incident.md');
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: expect.stringContaining('incident.md is written.'),
    });
    const text = folder.read('incident.md');
    expect(text).toContain(`First to fail was \`${CAUSE}\`.`);
    expect(text).toMatch(
      /A release of `productcatalogservice` \(`productcatalogservice-new`\) came .* before the first objective/,
    );
    expect(text).toContain('by OOMKilled');
    expect(text).toContain('a responder silences service="frontend", with a comment');
    expect(text).toContain('needs human: what the silence says of its reason, without names');
    expect(text).not.toMatch(/jane|the cause is known/i);
  }, 60_000);

  it('leaves people their parts, and no more', async () => {
    const text = folder.read('incident.md');
    const { status, stdout } = await folder.call(['postmortem', 'check', 'incident.md']);
    const found = stdout.trim().split('\n');
    const marked = text
      .split('\n')
      .flatMap((line, index) => (line.includes('needs human:') ? [index + 1] : []));
    expect(status).toBe(1);
    expect(found.map((line) => Number(line.split(':')[1]))).toEqual(marked);
    expect(found.every((line) => line.includes('is not filled in: '))).toBe(true);
  });

  it('is complete once they have filled them in', async () => {
    const filled = folder
      .read('incident.md')
      .replaceAll(/needs human: a day.*/g, '2999-01-31')
      .replaceAll(/needs human: the team.*/g, 'team-shop')
      .replaceAll(/needs human: .*/g, 'The on-call engineer of team-shop has looked: it did not.');
    folder.write('incident.md', filled);
    expect(await folder.call(['postmortem', '--check', 'incident.md'])).toEqual({
      ...{ status: 0, stdout: '', stderr: 'the postmortem: complete.\n' },
    });
  });

  it('is not written over what people have filled in', async () => {
    const before = folder.read('incident.md');
    const { status, stderr } = await write('--output', 'incident.md');
    expect(status).toBe(2);
    expect(stderr).toContain(
      "golden-path: 'incident.md' was changed since it was generated, or by somebody else.",
    );
    expect(folder.read('incident.md')).toBe(before);
  });

  it('says that a rehearsal is replayed by nobody', async () => {
    const { status, stderr } = await folder.call([
      ...['postmortem', 'replay', 'incident.md', '--prometheus', stage.url],
    ]);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr:
        "golden-path: 'incident.md' is of a rehearsal, which ran '60' times as fast. The rules of the output folder do not fit its series.\n",
    });
  });
});
