import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import type { ApplicationModel, Manifest } from '../../lib';
import { root, typeErrors } from './examples';
import { migrations, newFolder, shellOf, synthesizeShop } from './migrations';

const folder = newFolder();

interface Document {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: Readonly<Record<string, unknown>> & { readonly path: string };
}

const parsed = [...migrations.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].flatMap(([, text = '']) =>
  parseAllDocuments(text),
);
const documents = parsed.map((document) => document.toJS() as Document);
const model = (): ApplicationModel =>
  JSON.parse(
    fs.readFileSync(path.join(folder, 'dist/model/shop.json'), 'utf8'),
  ) as ApplicationModel;
const seconds = (minutes: unknown): number => 60 * Number(String(minutes).replace(/m$/, ''));
const deadline = (): number => model().workloads.at(-1)?.migration?.deadlineSeconds ?? 0;

beforeAll(() => {
  synthesizeShop(folder, 'orders:1.4.2');
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

describe('docs/migrations.md', () => {
  it('names folders that are written, and the namespace of prod', () => {
    const named = [...migrations.matchAll(/\bdist\/[\w./-]+/g)].map(([place]) => place);
    expect(named.length).toBeGreaterThan(5);
    const missing = named.filter((place) => !fs.existsSync(path.join(folder, place)));
    expect(missing).toEqual([]);
    const prod = model().environments.find(({ name }) => name === 'prod');
    expect(shellOf('kubectl')).toContain(`namespace=${prod?.namespace ?? ''}\n`);
    expect(migrations).toContain(`--namespace ${prod?.namespace ?? ''} `);
  });

  it('shows the files that are written', () => {
    const shown = /^dist\/prod\/shop\/migrate\/\n((?: {2}.*\n)+)/m.exec(migrations)?.[1] ?? '';
    const names = [...shown.matchAll(/^ {2}([\w.]+)/gm)].map(([, name]) => name);
    expect(fs.readdirSync(path.join(folder, 'dist/prod/shop/migrate')).sort()).toEqual(
      names.sort(),
    );
  });

  it('tells the numbers that are the default', () => {
    const job = /^ {2}activeDeadlineSeconds: (\d+)\n {2}backoffLimit: (\d+)$/m;
    const file = path.join(folder, 'dist/prod/shop/migrate/application.k8s.yaml');
    expect(job.exec(fs.readFileSync(file, 'utf8'))?.slice(1)).toEqual([String(deadline()), '6']);
    expect(migrations).toContain(`After ${deadline()} s (\`deadlineSeconds\`)`);
    expect(migrations).toContain('six times (`retries`)');
  });

  it('has Flux wait for the migration of the same revision, longer than it may take', () => {
    expect(parsed.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
    const [first, second, ...others] = documents.filter(({ kind }) => kind === 'Kustomization');
    expect(others).toEqual([]);
    for (const each of [first, second]) {
      expect(each).toMatchObject({
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        spec: { wait: true, prune: true, sourceRef: { kind: 'GitRepository', name: 'shop-prod' } },
      });
    }
    expect(second?.spec.dependsOn).toEqual([{ name: first?.metadata.name }]);
    expect(second?.metadata.namespace).toBe(first?.metadata.namespace);
    expect([first?.spec.path, second?.spec.path]).toEqual([
      'dist/prod/shop/migrate',
      'dist/prod/shop',
    ]);
    expect(seconds(first?.spec.timeout)).toBeGreaterThan(deadline());
  });

  it('has Argo CD read both folders at one revision, and the wave on all of the first', () => {
    const [application, ...others] = documents.filter(({ kind }) => kind === 'Application');
    expect(others).toEqual([]);
    const sources = application?.spec.sources as readonly Readonly<Record<string, string>>[];
    expect(sources.map((source) => source.path)).toEqual([
      'dist/prod/shop/migrate',
      'dist/prod/shop',
    ]);
    // A wave that is degraded while a database is made would be the last word otherwise.
    expect(application?.spec.syncPolicy).toMatchObject({ retry: { limit: 10 } });
    for (const field of ['repoURL', 'targetRevision']) {
      expect(new Set(sources.map((source) => source[field])).size).toBe(1);
    }
    const [, key = '', value] = /`(argocd[^`]*sync-wave): "(-1)"`/.exec(migrations) ?? [];
    const wavesIn = (file: string): ReadonlySet<unknown> => {
      const text = fs.readFileSync(path.join(folder, 'dist/prod/shop', file), 'utf8');
      const objects = parseAllDocuments(text).map((document) => document.toJS() as Manifest);
      return new Set(objects.map(({ metadata }) => metadata.annotations?.[key]));
    };
    for (const file of ['environment.k8s.yaml', 'application.k8s.yaml']) {
      expect(wavesIn(`migrate/${file}`)).toEqual(new Set([value]));
      expect(wavesIn(file)).toEqual(new Set([undefined]));
    }
  });

  it('has TypeScript that compiles', () => {
    expect(typeErrors([path.join(folder, 'main.ts')])).toEqual([]);
  });

  it('has a script that bash can read', () => {
    const { status, stderr } = spawnSync('bash', ['-n', '-c', shellOf('kubectl')], {
      // Bash takes a socket, as Node gives it one, for a remote shell, and reads the machine's bashrc.
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    expect([status, String(stderr)]).toEqual([0, '']);
  });

  it('links to pages and headings that exist', () => {
    const links = [...migrations.matchAll(/\]\(([\w.]+)#([\w-]+)\)/g)];
    expect(links.length).toBeGreaterThan(1);
    for (const [, page = '', heading = ''] of links) {
      const text = fs.readFileSync(path.join(root, 'docs', page), 'utf8');
      const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
        title.toLowerCase().replaceAll('`', '').replaceAll(' ', '-'),
      );
      expect(headings).toContain(heading);
    }
  });
});
