import { containersWhere, noContainer } from '../containers';
import { podKinds } from '../kinds';
import { celRule } from '../rule';

const image = "c.?image.orValue('')";
/** What follows the last colon is a tag or a digest, unless a slash is in it: then it is the port of a registry. */
const broken = `!${image}.matches(':[A-Za-z0-9_][A-Za-z0-9_.-]*$') || ${image}.lowerAscii().endsWith(':latest')`;

export const imageTagExplicit = celRule({
  id: 'image-tag-explicit',
  severity: 'error',
  pack: 'golden-path',
  kinds: podKinds,
  expression: noContainer(broken),
  message: `'images without a version: ' + ${containersWhere(broken, "c.?image.orValue('no image')")}`,
  why: 'Without a version two pods of one release may run different code, and a rollback brings nothing back.',
  fix: 'Give image a version tag or a digest, such as ghcr.io/example/orders:1.4.2',
  equivalents: {
    'kube-score': ['container-image-tag'],
    'kube-linter': ['latest-tag'],
    polaris: ['tagNotSpecified'],
    trivy: ['KSV-0013'],
    checkov: ['CKV_K8S_14'],
    kubescape: ['C-0075'],
  },
});
