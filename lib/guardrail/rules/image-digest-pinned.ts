import { containersWhere, noContainer } from '../containers';
import { podKinds } from '../kinds';
import { celRule } from '../rule';

const broken = "!c.?image.orValue('').matches('@(sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128})$')";

/**
 * `strict` alone asks: a version tag is what `image` wants, and a digest needs a pipeline that writes it. Debug containers are typed by
 * hand and soon gone, so they may go by tag.
 */
export const imageDigestPinned = celRule({
  id: 'image-digest-pinned',
  severity: 'warning',
  pack: 'strict',
  kinds: podKinds,
  expression: noContainer(broken, 'appAndInit'),
  message: `'images without a digest: ' + ${containersWhere(broken, "c.?image.orValue('no image')", 'appAndInit')}`,
  why: 'A tag can be pointed elsewhere after the review; a digest cannot.',
  fix: 'Give image as name:tag@sha256:<digest>, with the digest that CI gets when it pushes; people still read the tag',
  equivalents: { checkov: ['CKV_K8S_43'], kubescape: ['C-0306'] },
});
