import { describe, expect, it } from '@jest/globals';
import { lockNotes } from '../../lib/cli/lock-notes';
import { isContent, sizesText } from '../../lib/cli/sizes-report';
import { emptyLock, type LockAddress } from '../../lib/sizing';
import { model } from '../rightsize/models';
import { application, shop } from '../rightsize/page/sized';
import { entry, orders } from '../sizing/entries';

const linesOf = (name: string): readonly string[] => {
  const found = shop.filter(({ workload }) => workload === name);
  return sizesText([application(found)])
    .split('\n')
    .map((line) => line.trim());
};

describe('the table of sizes', () => {
  it('says once why nothing is known, and what to do', () => {
    const [title, heads, , ...rest] = linesOf('legacy');
    expect(title).toBe('shop in prod, namespace shop: 2026-11-06 to 2026-11-19, no samples');
    expect(heads).toMatch(/^container/);
    expect(rest.filter((line) => line !== '')).toEqual([
      'legacy',
      'no metrics of it were found',
      'check that it runs there, and that metrics of its containers are scraped',
    ]);
  });

  it('says once of what there is too little', () => {
    const lines = linesOf('recommendations');
    expect(lines[0]).toMatch(/, a sample each 30 s$/);
    expect(lines.filter((line) => line.includes('of 7 that a change takes'))).toEqual([
      '3 whole days were measured, of 7 that a change takes',
    ]);
    expect(lines).toContain('run again when more is measured, or ask about more days by --window');
  });

  it('has one way to write a percentage, and names the quantile', () => {
    const text = sizesText([application(shop)]);
    expect(text).toMatch(/\d%/);
    expect(text).not.toMatch(/\d %/);
    expect(text).toMatch(/p98 use \d+m, max/);
  });
});

describe('what there is to say of a lock', () => {
  const lock = { ...emptyLock, applications: { shop: { orders: { orders: entry() } } } };
  const models = [model('shop', [], [])];
  const result = (more: object) => ({
    ...{ file: 'locks/sizing.lock.json', written: true, changes: [], tampered: [] },
    ...more,
  });
  const tampered: readonly LockAddress[] = [orders];

  it('is that an application does not read it', () => {
    const note =
      "shop has no sizingLock: its sizes stay what they start with. Give it sizingLock: path.join(__dirname, 'sizing.lock.json').";
    expect(lockNotes(models, lock, result({}))).toEqual([note]);
    expect(lockNotes(models, lock, result({ written: false }))).toEqual([]);
    expect(lockNotes(models, emptyLock, result({}))).toEqual([]);
    const reads = [model('shop', [], [], { sizingLock: 'sizing.lock.json' })];
    expect(lockNotes(reads, lock, result({}))).toEqual([]);
  });

  it('is which entries were changed by hand, and what became of them', () => {
    const changes = [{ ...orders, change: 'changed', wasTampered: true }];
    expect(lockNotes([], lock, result({ tampered, changes }))).toEqual([
      'shop/orders: its entry was changed by hand, and is written anew.',
    ]);
    expect(isContent([], result({ tampered, changes }))).toBe(true);
    expect(isContent([], result({ tampered, changes, written: false }))).toBe(false);
    expect(lockNotes([], lock, result({ tampered }))).toEqual([
      'shop/orders: its entry in locks/sizing.lock.json was changed by hand. Restore it from version control, or let golden-path rightsize write it anew, which takes enough data.',
    ]);
    expect(isContent([], result({ tampered }))).toBe(false);
  });

  it('is what a removed entry means', () => {
    const changes = [{ ...orders, change: 'removed' }];
    expect(lockNotes([], lock, result({ changes }))).toEqual([
      'shop/orders: its size is written down, so its entry is removed; measured again, it begins at its start size.',
    ]);
  });
});
