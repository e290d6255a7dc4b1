import { AdmissionPolicies, type Platform } from '../lib';
import { OnlineBoutique } from './online-boutique';
import { platform } from './platform';

/** Everything that this repository synthesizes. */
export function repository(): Platform {
  const app = platform();
  new OnlineBoutique(app);
  // This repository is the platform team's too: it alone writes what belongs to the whole cluster.
  new AdmissionPolicies(app, { stages: { dev: 'deny', staging: 'warn' } });
  return app;
}
