import { AdmissionPolicies, AlertRouting, type Platform } from '../lib';
import { Invoices } from './invoices';
import { OnlineBoutique } from './online-boutique';
import { onCall, platform } from './platform';

/** Everything that this repository synthesizes. */
export function repository(): Platform {
  const app = platform(onCall);
  new OnlineBoutique(app);
  new Invoices(app);
  // This repository is the platform team's too: it alone writes what belongs to the whole cluster.
  new AdmissionPolicies(app, { stages: { dev: 'deny', staging: 'warn' } });
  new AlertRouting(app, { namespace: 'monitoring' });
  return app;
}
