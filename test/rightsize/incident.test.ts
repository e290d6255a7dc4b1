import { describe, expect, it } from '@jest/globals';
import { tryIncident, windowBefore } from '../../lib/rightsize';
import { withoutIncidents } from '../../lib/rightsize/incident';
import { recommend } from '../../lib/sizing';
import { days, measured, Mi, steady, steadyDay, subject } from '../sizing/recommend/shapes';

const window = windowBefore('2026-11-20', 14);
const during = (text: string) => tryIncident(text)!;

describe('the days of an incident', () => {
  it('are left out, whole', () => {
    const kept = withoutIncidents(steady(0.1, 100 * Mi), window, [
      during('2026-11-08T23:00Z/2026-11-09T00:30Z'),
      during('2026-11-12'),
    ]);
    const out = ['2026-11-08', '2026-11-09', '2026-11-12'];
    const others = days.filter((day) => !out.includes(day));
    expect(kept.incident).toBe(true);
    expect(kept.wholeDays).toEqual(others);
    expect(kept.podDays.map(({ day }) => day)).toEqual(others);
  });

  it('drive no growth', () => {
    const busy = measured(
      days.map((day) =>
        day === '2026-11-19' ? steadyDay(day, 4, 900 * Mi) : steadyDay(day, 0.5, 390 * Mi),
      ),
    );
    const kept = withoutIncidents(busy, window, [during('2026-11-19T10:00Z/2026-11-19T12:00Z')]);
    expect(recommend(subject(), busy).state).toBe('grow');
    expect(recommend(subject(), kept).state).toBe('keep');
  });

  it('leave what was measured as it is where they lie outside, or where nothing was', () => {
    const all = steady(0.1, 100 * Mi);
    expect(withoutIncidents(all, window, [during('2026-11-20'), during('2026-11-05')])).toBe(all);
    const nothing = measured([]);
    expect(withoutIncidents(nothing, window, [during('2026-11-12')])).toBe(nothing);
  });

  it('are too little data where there are no others', () => {
    const none = withoutIncidents(steady(0.1, 100 * Mi), window, [during('2026-11-06/2026-11-19')]);
    expect(recommend(subject(), none).state).toBe('insufficient-data');
  });
});
