import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rules } from '../../lib';
import { ProjectFolder } from './project-folder';

let folder: ProjectFolder;
beforeAll(() => {
  folder = new ProjectFolder();
});
afterAll(() => folder.remove());

describe('golden-path rules', () => {
  it('lists every rule with its severity, pack, kinds and reason', async () => {
    const { status, stdout, stderr } = await folder.call(['rules']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const { id, severity, pack, why } of rules) {
      const row = new RegExp(`^${id} +${severity} +${pack} +\\S.*\\n    `, 'm');
      expect(stdout).toMatch(row);
      expect(stdout).toContain(`\n    ${why}\n`);
    }
    expect(stdout).toMatch(/^no-host-ports .* pods$/m);
    expect(stdout).toContain(`\n${rules.length} rules. A pack holds all before it: `);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThan(140);
  });

  it('explains one', async () => {
    const { status, stdout } = await folder.call(['rules', 'no-host-ports']);
    expect(status).toBe(0);
    const rule = rules.find(({ id }) => id === 'no-host-ports')!;
    expect(stdout).toMatch(/^no-host-ports \(error, pack baseline\)\n/);
    expect(stdout).toContain(`\n  ${rule.why}\n`);
    expect(stdout).toContain(`\n  fix          ${rule.fix}.\n`);
    expect(stdout).toContain(
      'judges       each object, at synthesis and in the cluster: Pod, Deployment',
    );
    expect(stdout).toContain('reference    Pod Security Standards, baseline: Host Ports');
    expect(stdout).toContain('polaris      hostPortSet');
    expect(stdout).toContain(
      '\nCEL: true when the object is fine\n  variables.allContainers.all(c,',
    );
    expect(stdout).toMatch(/\n {2}podSpec = variables\.podTemplate\./);
  });

  it('shows rules with parameters by an example, and rules over whole applications without CEL', async () => {
    const registries = (await folder.call(['rules', 'allowed-registries'])).stdout;
    expect(registries).toContain('with example parameters');
    expect(registries).toContain("['registry.example.com/']");
    const whole = (await folder.call(['rules', 'pdb-present'])).stdout;
    expect(whole).toContain('all objects of an application together, at synthesis alone');
    expect(whole).not.toContain('CEL');
  });

  it('gives them as JSON', async () => {
    const all = JSON.parse((await folder.call(['rules', '--json'])).stdout) as {
      rules: { id: string }[];
    };
    expect(all.rules.map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
    const one = JSON.parse(
      (await folder.call(['rules', 'no-host-ports', '--json'])).stdout,
    ) as unknown;
    expect(one).toMatchObject({
      version: 1,
      rules: [{ ...{ id: 'no-host-ports', over: 'object', exported: true, hasParameters: false } }],
    });
    const variables = (one as { rules: [{ variables: { name: string }[] }] }).rules[0].variables;
    expect(variables.map(({ name }) => name)).toContain('allContainers');
    const advice = rules.find(({ severity }) => severity === 'info');
    const info = JSON.parse((await folder.call(['rules', advice!.id, '--json'])).stdout) as unknown;
    expect(info).toMatchObject({ rules: [{ exported: false }] });
  });

  it('suggests the rule that was meant', async () => {
    expect(await folder.call(['rules', 'no-host-prots'])).toMatchObject({
      ...{ status: 2, stdout: '' },
      stderr: "golden-path: there is no rule 'no-host-prots'. Did you mean no-host-ports?\n",
    });
    expect(await folder.call(['rules', 'zzz'])).toMatchObject({
      ...{ status: 2 },
      stderr: "golden-path: there is no rule 'zzz'. golden-path rules lists all.\n",
    });
  });
});
