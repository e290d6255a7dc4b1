import { describe, expect, it } from '@jest/globals';
import { body, plainLink, RUNBOOK, slackLink, TITLE } from '../../../lib/incident/on-call/message';
import { rendered, type Shown } from './alertmanager';

const cause: Shown = {
  status: 'firing',
  labels: { alertname: 'SLOErrorBudgetBurnPage', service: 'orders-db' },
  annotations: {
    summary: 'orders-db fails in prod',
    description: 'Look first at its log.',
    runbook_url: 'https://r.example/orders-db',
    dashboard_url: 'https://d.example/orders-db',
  },
};
const symptom: Shown = {
  status: 'firing',
  labels: { alertname: 'SLOErrorBudgetBurnSymptom', service: 'orders' },
  annotations: { summary: 'orders burns', runbook_url: 'https://r.example/orders' },
};
const foreign: Shown = { status: 'firing', labels: { alertname: 'Watchdog' }, annotations: {} };
const over = (alert: Shown): Shown => ({ ...alert, status: 'resolved' });

describe('a message', () => {
  it.each([[[symptom, cause]], [[cause, symptom]]])(
    'is led by the cause, in whichever order they come',
    (alerts) => {
      expect(rendered(TITLE, alerts)).toBe('orders-db fails in prod');
      expect(rendered(RUNBOOK, alerts)).toBe('https://r.example/orders-db');
    },
  );

  it('is led by a symptom where the cause is elsewhere', () => {
    expect(rendered(TITLE, [symptom])).toBe('orders burns');
    expect(rendered(RUNBOOK, [symptom])).toBe('https://r.example/orders');
  });

  it('says that all is over when it is', () => {
    expect(rendered(TITLE, [over(cause), over(symptom)])).toBe('Over: orders-db fails in prod');
    expect(rendered(TITLE, [cause, over(symptom)])).toBe('orders-db fails in prod');
  });

  it('has the name of an alert that says nothing else, and no link that leads nowhere', () => {
    expect(rendered(TITLE, [foreign])).toBe('Watchdog');
    expect(rendered(RUNBOOK, [foreign])).toBe('');
    expect(rendered(body(plainLink), [foreign])).toBe('Watchdog\n\n');
  });

  it('shows each alert with its links', () => {
    expect(rendered(body(plainLink), [cause, over(symptom)])).toMatchInlineSnapshot(`
     "orders-db fails in prod
     Look first at its log.
     Runbook: https://r.example/orders-db
     Dashboard: https://d.example/orders-db

     Over: orders burns
     Runbook: https://r.example/orders

     "
    `);
    expect(rendered(body(slackLink), [cause])).toContain('<https://r.example/orders-db|Runbook>\n');
  });
});
