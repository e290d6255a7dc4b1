import { podKinds } from '../kinds';
import { celRule } from '../rule';
import { celList } from '../cel';

export const allowedRegistries = celRule({
  id: 'allowed-registries',
  severity: 'error',
  pack: 'golden-path',
  kinds: podKinds,
  expression: ({ registries }) =>
    registries &&
    `variables.allContainers.all(c, ${celList(registries)}.exists(p, c.?image.orValue('').startsWith(p)))`,
  message: ({ registries = [] }) =>
    `'images from elsewhere: ' + variables.allContainers.filter(c, !${celList(registries)}.exists(p, c.?image.orValue('').startsWith(p))).map(c, c.?image.orValue('?')).join(', ')`,
  why: 'Only images from registries that the platform team scans may run.',
  fix: 'Use an image from a registry of the platform, or have its guardrails.registries extended',
  references: { cis: '5.5.1' },
  equivalents: { trivy: ['KSV-0125'], kubescape: ['C-0078'] },
});
