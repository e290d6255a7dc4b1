import { describe, type ProblemLog } from '../foundation';

const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const HOST =
  '(?:[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)(?:\\.[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)*(?::\\d{1,5})?';
const IMAGE = new RegExp(
  `^(?:${HOST}/)?${COMPONENT}(?:/${COMPONENT})*(?::(?<tag>[\\w][\\w.-]{0,127}))?(?:@(?<digest>sha256:[a-f0-9]{64}))?$`,
);
const LONGEST = 512;

/** The tag of an image, which becomes the version label. */
export const imageTag = (image: string): string | undefined => IMAGE.exec(image)?.groups?.tag;

/**
 * Reports an image that cannot be read, or that can change under a running system.
 * @see https://github.com/distribution/reference for the grammar
 */
export function checkImage(image: unknown, path: string, log: ProblemLog): void {
  const match = typeof image === 'string' && image.length <= LONGEST ? IMAGE.exec(image) : null;
  if (!match) {
    const give = `Give ${path} as registry/name:tag or registry/name@sha256:…`;
    log.error('ImageInvalid', `${path} is ${describe(image)}`, give);
    return;
  }
  const { tag, digest } = match.groups ?? {};
  if (digest !== undefined || (tag !== undefined && tag !== 'latest')) return;
  log.error('ImageUnpinned', `${path} is ${describe(image)}`, 'Give a version tag or a digest');
}
