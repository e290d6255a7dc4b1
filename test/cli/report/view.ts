import type { GuardrailReport, ReportedFinding, WaiverFacts } from '../../../lib';
import type { ReportView } from '../../../lib/cli/report';

export const waiver: WaiverFacts = {
  ...{ reason: 'the legacy gateway', owner: 'team-shop', expires: '2027-03-31', ticket: 'SHOP-1' },
};

/** A finding in a file, unless told otherwise. */
export const finding = (given: Partial<ReportedFinding> = {}): ReportedFinding => ({
  rule: 'no-host-ports',
  severity: 'error',
  found: 'host ports in the containers c',
  why: 'A host port bypasses Services.',
  fix: 'Remove hostPort',
  object: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'orders', namespace: 'shop' },
  place: { file: 'k8s/orders.yaml', line: 3 },
  ...given,
});

/** A report with something of everything. */
export const report = (given: Partial<GuardrailReport> = {}): GuardrailReport => ({
  findings: [
    finding({ rule: 'pdb-present', severity: 'warning', found: 'there is no budget' }),
    finding(),
    finding({
      ...{ rule: 'team-rule', severity: 'info', found: 'it is dull', at: 'shop/cart' },
      object: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'cart' },
      environments: ['dev', 'prod'],
      source: { file: 'main.ts', line: 12 },
    }),
    finding({ object: { apiVersion: 'v1', kind: 'Pod', name: 'old' }, waiver }),
  ],
  objects: 7,
  rules: ['no-host-ports', 'pdb-present', 'run-as-non-root', 'team-rule'],
  without: { 'image-digest-pinned': 'the vendor has none' },
  problems: [
    {
      ...{ code: 'FileInvalid', severity: 'error', at: 'k8s/bad.yaml' },
      ...{ found: 'the file is UTF-16', fix: 'Save it as UTF-8' },
      source: { file: 'k8s/bad.yaml', line: 1 },
    },
  ],
  ...given,
});

export const view = (given: Partial<GuardrailReport> = {}, prefix = ''): ReportView => ({
  ...{ report: report(given), failOn: 'error', version: '1.2.3', prefix },
});

/** What nobody should put into a manifest: markup, commands, escapes of terminals, half characters. */
export const nasty = '</x>&"\'%\r\n::error::,]]>\u001b[31m\u0000\ud800\ufffe<a b="c">';
