import { describe, expect, it } from '@jest/globals';
import { github } from '../../../lib/cli/report/github';
import { finding, nasty, view } from './view';

describe('the report as annotations of GitHub', () => {
  it('shows errors first, from the root of the repository on, and nothing that is waived', () => {
    expect(github(view({}, 'services/shop/'))).toBe(
      [
        '::error file=services/shop/k8s/bad.yaml,line=1,title=FileInvalid::k8s/bad.yaml: the file is UTF-16. Save it as UTF-8.',
        '::error file=services/shop/k8s/orders.yaml,line=3,title=no-host-ports::Deployment/orders in shop: host ports in the containers c. Remove hostPort.',
        '::warning file=services/shop/k8s/orders.yaml,line=3,title=pdb-present::Deployment/orders in shop: there is no budget. Remove hostPort.',
        '::notice file=services/shop/main.ts,line=12,title=team-rule::Deployment/cart (dev, prod): it is dull. Remove hostPort.',
        '',
      ].join('\n'),
    );
  });

  it('cannot be made to say more than was found', () => {
    const place = { file: `a,b:c%${nasty}`, line: 1 };
    const out = github(view({ findings: [finding({ found: nasty, place })], problems: [] }));
    expect(out.split('\n')).toHaveLength(2);
    const [, properties = '', message = ''] = /^::error (.*?)::(.*)\n$/s.exec(out) ?? [];
    expect(properties).toMatch(/^file=a%2Cb%3Ac%25[^,:\r\n]*,line=1,title=no-host-ports$/);
    expect(message).toContain('%25');
    expect(message).not.toMatch(/%(?!25)/);
  });

  it('names a file elsewhere as it is, and none for the standard input', () => {
    const at = (file: string) =>
      github(view({ findings: [finding({ place: { file, line: 1 } })], problems: [] }, 'a/b/'));
    expect(at('/etc/x.yaml')).toContain(' file=/etc/x.yaml,');
    expect(at('../x.yaml')).toContain(' file=a/x.yaml,');
    expect(at('<stdin>')).toMatch(/^::error title=/);
  });
});
