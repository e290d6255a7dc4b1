import * as path from 'node:path';
import type { Construct } from 'constructs';
import {
  Application,
  Bucket,
  call,
  Postgres,
  RabbitMq,
  ScheduledJob,
  Size,
  WebService,
  Worker,
} from '../lib';

const image = 'ghcr.io/example/invoices:2.3.0';

/** Invoices: an API writes them, workers make PDFs of them, and a bucket keeps those. */
export class Invoices extends Application {
  public constructor(scope: Construct) {
    const sizingLock = path.join(__dirname, 'sizing.lock.json');
    super(scope, 'invoices', { owner: 'team-billing', sizingLock });
    const db = new Postgres(this, 'invoices-db', { version: 16, size: Size.M });
    const documents = new Bucket(this, 'documents', {});
    const broker = new RabbitMq(this, 'broker', {
      queues: { render: { messageTtlSeconds: 86_400 } },
      exchanges: { invoices: { type: 'topic' } },
      bindings: [{ exchange: 'invoices', queue: 'render', routingKey: 'invoice.issued' }],
    });
    new WebService(this, 'api', {
      image,
      runtime: 'go',
      size: Size.measured({ tier: 'critical' }),
      port: 8080,
      health: { readiness: '/ready', liveness: '/live' },
      scale: { min: 2, max: 6 },
      // What its client libraries are set to: within these it answers in time, or says that it cannot.
      uses: [call(db, { timeout: '200ms', attempts: 2 }), broker, documents],
      migrate: { command: ['/app/invoices', 'migrate'] },
      expose: { host: 'invoices' },
      metrics: {},
      slo: { availability: 99.9, latency: { under: '500ms', objective: 99 } },
      runbook: {
        about: 'Issues invoices and shows them; without it nobody is billed.',
        notes: path.join(__dirname, 'runbooks', 'api.md'),
        manualSteps: [
          {
            when: 'invoices of a day are wrong and were sent',
            do: 'tell the billing desk which, before you mend anything',
            expect: 'they stop the reminders for these customers',
            whyNotAutomated: 'who is told, and how, a person decides for each customer',
          },
        ],
      },
    });
    new Worker(this, 'renderer', {
      image,
      runtime: 'go',
      command: ['/app/invoices', 'render'],
      size: Size.measured({ start: Size.M }),
      scale: { min: 0, max: 20, on: broker.queue('render').length(20) },
      slo: { freshness: { within: '10m', objective: 99 } },
      uses: [db, broker, call(documents, { timeout: '30s', attempts: 3 })],
    });
    new ScheduledJob(this, 'reminders', {
      image,
      runtime: 'go',
      command: ['/app/invoices', 'remind'],
      size: Size.measured({ tier: 'tolerant' }),
      schedule: '0 7 * * 1-5',
      timeZone: 'Europe/Berlin',
      uses: [db, broker],
    });
  }
}
