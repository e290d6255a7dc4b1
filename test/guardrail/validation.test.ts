import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Validation } from 'cdk8s-cli/plugins';
import { GuardrailValidation, type GuardrailViolation } from '../../lib';
import { hook, ProjectFolder, root, type Ran } from '../cli/project-folder';

let folder: ProjectFolder;
beforeEach(() => {
  folder = new ProjectFolder();
});
afterEach(() => folder.remove());

/** What cdk8s-cli itself accepts as a plugin. */
const plugin = (properties: object = {}): Validation => new GuardrailValidation(properties);

interface Submitted {
  status?: string;
  metadata?: Readonly<Record<string, string>> | undefined;
  readonly violations: GuardrailViolation[];
}

/** What a plugin says of one file. */
async function validated(text: string, properties: object): Promise<Submitted> {
  folder.write('dist/app.k8s.yaml', text);
  const submitted: Submitted = { violations: [] };
  await new GuardrailValidation(properties).validate({
    manifests: [path.join(folder.path, 'dist/app.k8s.yaml')],
    report: {
      addViolation: (violation) => void submitted.violations.push(violation),
      submit: (status, metadata) => void Object.assign(submitted, { status, metadata }),
    },
  });
  return submitted;
}

const pod = (name: string, spec: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: ${spec}\n`;

describe('the validation plugin', () => {
  it('is one for cdk8s-cli', () => {
    expect(typeof plugin().validate).toBe('function');
  });

  it('gathers what broke each rule', async () => {
    const text = `${pod('a', '{hostNetwork: true}')}---\n${pod('b', '{hostPID: true}')}`;
    const { status, violations, metadata } = await validated(text, { pack: 'baseline' });
    const manifestPath = path.join(folder.path, 'dist/app.k8s.yaml');
    expect(status).toBe('failure');
    expect(metadata).toMatchObject({ objects: '2' });
    expect(violations).toMatchObject([
      {
        ruleName: 'no-host-namespaces',
        violatingResources: [
          { resourceName: 'a', locations: ['line 1: the pod sets hostNetwork'], manifestPath },
          { resourceName: 'b', locations: ['line 6: the pod sets hostPID'], manifestPath },
        ],
      },
    ]);
    expect(violations[0]?.recommendation).toMatch(/\. \(error\)$/);
  });

  it('fails from the level on that is given, and shows advice only when it is asked for', async () => {
    const text = pod('a', '{containers: [{name: c, image: "x:1"}]}');
    const pack = 'restricted';
    const severities = (severity: string) => ({
      pack,
      severities: { 'run-as-non-root': severity },
    });
    const without = {
      'drop-all-capabilities': 'r',
      'no-privilege-escalation': 'r',
      'seccomp-runtime-default': 'r',
    };
    const run = async (severity: string, failOn?: string) => {
      const given = { ...severities(severity), without, ...(failOn && { failOn }) };
      const { status, violations } = await validated(text, given);
      return [status, ...violations.map(({ ruleName }) => ruleName)];
    };
    expect(await run('error')).toEqual(['failure', 'run-as-non-root']);
    expect(await run('error', 'never')).toEqual(['success', 'run-as-non-root']);
    expect(await run('warning')).toEqual(['success', 'run-as-non-root']);
    expect(await run('warning', 'warning')).toEqual(['failure', 'run-as-non-root']);
    expect(await run('info', 'warning')).toEqual(['success']);
    expect(await run('info', 'info')).toEqual(['failure', 'run-as-non-root']);
  });

  it('takes the registries and ceilings of the project', async () => {
    const text = pod(
      'a',
      '{containers: [{name: c, image: "evil/x:1", resources: {limits: {memory: 9Gi}}}]}',
    );
    const { violations } = await validated(text, {
      registries: ['ghcr.io/example/'],
      ceilings: { memory: '8Gi' },
    });
    const names = violations.map(({ ruleName }) => ruleName);
    expect(names).toContain('allowed-registries');
    expect(names).toContain('resource-ceiling');
  });

  it('fails on properties and files that are wrong', async () => {
    const properties = { pack: 'all', without: { 'no-host-port': 'r' }, failOn: 'bad' };
    const { status, violations } = await validated('a: [', properties);
    expect(status).toBe('failure');
    expect(
      violations.map(
        ({ ruleName, recommendation, fix }) => `${ruleName}: ${recommendation}. ${fix}.`,
      ),
    ).toEqual([
      "PropInvalid: properties.pack is 'all'. Give one of baseline, restricted, golden-path, strict.",
      "PropUnknown: properties.without names 'no-host-port', which is no rule. Write 'no-host-ports'.",
      "PropInvalid: properties.failOn is 'bad'. Give one of error, warning, info, never.",
      expect.stringMatching(/^FileInvalid: the YAML cannot be parsed: /),
    ]);
    expect((await validated('', 'strict' as never)).status).toBe('failure');
  });
});

describe('cdk8s synth with the validation plugin', () => {
  const synth = (): Ran => {
    const cli = path.join(root, 'node_modules/cdk8s-cli/bin/cdk8s');
    return folder.node([
      '-r',
      hook,
      cli,
      'synth',
      '--no-check-upgrade',
      '--validation-reports-output-file',
      'report.json',
    ]);
  };
  const app = (spec: string): void =>
    folder.write(
      'main.js',
      `const { App, Chart, ApiObject } = require('cdk8s');
const app = new App();
new ApiObject(new Chart(app, 'shop'), 'job', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'job' }, spec: ${spec} });
app.synth();
`,
    );

  it('fails on what breaks a rule, and names the construct', () => {
    folder.write(
      'cdk8s.yaml',
      `language: typescript
app: node main.js
validations:
  - package: ${path.join(root, 'lib/index.ts')}
    version: 0.1.0
    class: GuardrailValidation
    properties: { pack: baseline }
`,
    );
    app('{ hostNetwork: true }');
    const broken = synth();
    expect(broken.status).not.toBe(0);
    expect(broken.stdout + broken.stderr).toContain('no-host-namespaces (1 occurrences)');
    const [report] = (JSON.parse(folder.read('report.json')) as { reports: unknown[] }).reports;
    expect(report).toMatchObject({
      summary: { status: 'failure' },
      violations: [
        {
          ruleName: 'no-host-namespaces',
          violatingConstructs: [{ resourceName: 'job', constructPath: 'shop/job' }],
        },
      ],
    });
    fs.rmSync(path.join(folder.path, 'report.json'));

    app('{ hostNetwork: false }');
    const clean = synth();
    expect(clean.stdout).toContain('Validations ended succesfully');
    expect(clean.status).toBe(0);
  });
});
