import type { ClaimKind } from '../experiment';

/** What a facilitator asks, beyond whether the alert came. */
export const questions: Readonly<Record<ClaimKind, readonly string[]>> = {
  replicas: [
    'Did any caller see an error while the pod went, or only a slower answer?',
    'How long until the new pod served?',
  ],
  'soft-edge': [
    'What did people see in the place of what was missing?',
    'How long did the caller wait before it did without?',
  ],
  'hard-edge': [
    'Did the responder look at the right service first, by the page alone?',
    'Should this dependency be soft?',
    'Did any caller make it worse, by trying again?',
  ],
  timeout: [
    'Did the calls that are tried again add up to more than the callee can bear?',
    'Is the timeout in the code the one of the definition?',
  ],
  zones: [
    'In which zones were the pods before?',
    'Could those that were left bear the load, and where did the new ones start?',
  ],
  autoscaling: [
    'How long until there were more pods, and until they served?',
    'Was there room on the nodes?',
  ],
  queue: [
    'How long until what had waited was done?',
    'Was anything done twice, or lost?',
    'Who was told that it takes longer?',
  ],
  schedule: ['Who would have noticed without the ticket?', 'Is a missed run made up for?'],
  certificate: ['Who can make a new certificate by hand, and how long does that take?'],
  observability: [
    'What would we have known of an outage meanwhile?',
    'Is there another way to look at the service?',
  ],
};
