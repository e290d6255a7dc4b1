import { describe, expect, it } from '@jest/globals';
import { cores, mebibytes } from '../../../lib/foundation';
import { sizesPage, type SizedContainer } from '../../../lib/rightsize';
import { measured, Mi, steady, steadyDay, subject } from '../../sizing/recommend/shapes';
import { application, lively, origin, shop, sized } from './sized';
import { elementsOf, type Met } from './well-formed';

const whole = application(shop, {
  pods: { all: 42, byName: 2 },
  injected: { 'vault-agent': 3, 'istio-proxy': 42 },
});
const other = application(shop.slice(0, 2), { application: 'warehouse', namespace: 'stock' });
const page = sizesPage([whole, other], origin);
const elements = elementsOf(page);
const named = (name: string, of: readonly Met[] = elements): readonly Met[] =>
  of.filter((each) => each.name === name);
const nameOf = ({ workload, container }: SizedContainer): string =>
  workload === container ? workload : `${workload}/${container}`;
const cardsOf = (text: string): readonly Met[] => named('article', elementsOf(text));
const cardOf = (container: SizedContainer): string =>
  cardsOf(sizesPage([application([container])], origin))[0]?.text ?? '';

describe('the text of the page', () => {
  it('says where it comes from', () => {
    const text = named('body')[0]?.text;
    expect(text).toContain(
      'Asked of https://prometheus.example.com/api on 2026-11-20 by golden-path 1.2.3.',
    );
  });

  it('says of each application what was asked', () => {
    const [first, second] = elements.filter(({ attributes }) => attributes.class === 'asked');
    expect(first?.text.split('\n').filter(Boolean)).toEqual([
      'namespaceshop',
      'window2026-11-06 to 2026-11-19, 14 days in UTC',
      'samplesevery 30 s',
      'pods42, 2 told by name alone',
      'put in by others, not sizedistio-proxy in 42 pods, vault-agent in 3 pods',
    ]);
    expect(second?.text).toContain('namespacestock');
    expect(named('h2').map(({ text }) => text)).toEqual([
      'The marks',
      'shop in prod',
      'warehouse in prod',
      'The words',
    ]);
  });

  it('counts verdicts and proposals', () => {
    const [verdicts, proposals] = elements.filter(
      ({ attributes }) => attributes.class === 'counts',
    );
    const items = (list: Met | undefined): readonly string[] =>
      list?.text.split(/(?<=[a-z])(?=\d)/) ?? [];
    expect(items(verdicts)).toEqual(['2 under', '5 over', '2 right', '2 too little data']);
    expect(items(proposals)).toEqual([
      '1 grow',
      '5 shrink',
      '1 grow and shrink',
      '1 keep',
      '1 hold',
      '1 too little data',
      '1 no metrics',
    ]);
  });

  it('adds requests up, advice apart', () => {
    const [sums, without] = elements.filter(({ attributes }) => attributes.class === 'sums');
    expect(sums?.text).toContain('nowproposedchangewith advice');
    expect(sums?.text).toContain('CPU7150m5880m−18%5390m');
    expect(sums?.text).toContain('memory11008Mi8004Mi−27%7540Mi');
    expect(without?.text).not.toContain('advice');
  });

  it('has what is under first, then what is over, then the rest, each by name', () => {
    const names = ['checkout', 'report', 'gateway/proxy', 'ledger', 'mailer', 'search', 'sessions'];
    const rest = ['catalogue', 'legacy', 'pricing', 'recommendations'];
    const heads = named('h3').map(({ text }) => text);
    expect(heads.slice(0, 11)).toEqual([...names, ...rest]);
    const table = elements.find(({ attributes }) => attributes.class === 'overview');
    const places = [...names, ...rest].map((name) => table?.text.indexOf(name) ?? -1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it.each(shop.map((each) => [nameOf(each), each] as const))(
    'tells all of %s without its pictures',
    (name, container) => {
      const text = cardOf(container);
      const { cpu, memory, evidence, rule, memoryLimit } = container.proposal;
      const amounts = [cpu.current, cpu.request, cpu.wanted ?? 0].map(cores);
      const bytes = [memory.current, memory.request, memoryLimit].map(mebibytes);
      const { startup: cpuStart = 0, ...cpuUse } = evidence?.cpu ?? {};
      const { startup: memoryStart = 0, ...memoryUse } = evidence?.memory ?? {};
      const numbers = text.slice(text.indexOf(`Numbers of ${name}`));
      for (const amount of [...amounts, ...[cpuStart, ...Object.values(cpuUse)].map(cores)])
        expect(`0${numbers}`).toContain(amount);
      for (const amount of [...bytes, ...Object.values(memoryUse).map(mebibytes)])
        expect(numbers).toContain(amount);
      expect(numbers).toContain(memoryStart > 0 ? mebibytes(memoryStart) : 'request now');
      for (const reason of [...cpu.reasons, ...memory.reasons]) expect(text).toContain(reason);
      for (const reason of container.drift.reasons)
        expect(text).toContain(reason.replace(/^(cpu|memory): /, ''));
      expect(text).toContain(rule);
    },
  );

  it('tells what a proposal rests on', () => {
    const text = cardOf(shop[2]!);
    expect(text).toContain('web service · tier critical · 3 pods seen');
    expect(text).toContain('measured120\u202F960 samples');
    expect(text).toContain('CPU above the proposal7.6%');
    expect(text).toContain('killed for memory2 times');
    expect(text).toContain('held back by its limit12%');
    expect(text).toContain("autoscaler's CPU target70% → 54%");
    expect(cardOf(shop[5]!)).toContain('measured336 samples, 14 runs');
    expect(cardOf(shop[4]!)).toContain('tier standard · runtime jvm');
  });

  it('gives the reasons of a verdict that the proposal does not give', () => {
    expect(cardOf(shop[8]!)).toContain(
      'over: cpu: 2 is requested, and 1 would do; memory: 4Gi is requested, and 2200Mi would doCPU',
    );
    expect(cardOf(shop[2]!)).not.toContain('under:');
  });

  it('marks the proposal for a size that is written down as advice', () => {
    const advised = cardsOf(page).filter(({ text }) => text.includes('written down: advice only'));
    expect(advised).toHaveLength(1);
    expect(advised[0]?.text).toContain('ledger');
    expect(advised[0]?.text).toContain('judged by the tier standard');
  });

  it('says so where nothing was sized or found', () => {
    const empty = elementsOf(sizesPage([], origin));
    expect(named('main', empty)[0]?.text).toBe('No application was sized.');
    const bare = elementsOf(sizesPage([application([])], origin));
    expect(named('main', bare)[0]?.text).toContain('No containers of this application were found.');
  });

  it('tells one reason of both resources once', () => {
    const text = cardOf(sized('legacy', subject(), undefined));
    expect(text.split('no metrics of it were found')).toHaveLength(2);
    expect(text).toContain('too little data: no metrics of it were found');
  });
});

describe('a picture', () => {
  const textsOf = (container: SizedContainer): readonly string[] =>
    named('text', elementsOf(sizesPage([application([container])], origin))).map(
      ({ text }) => text,
    );

  it('labels both requests where they differ, and one where they do not', () => {
    expect(textsOf(sized('orders', subject(), steady(0.302, 375 * Mi)))).toEqual([
      ...['0', '200m', '400m', 'proposed 330m (−34%)', 'now 500m'],
      ...['0', '256Mi', '512Mi', 'stays 512Mi'],
    ]);
  });

  it('tells the most that lies beyond its scale', () => {
    expect(textsOf(sized('search', subject(), lively(0.05, 0.4, 4.2, 300 * Mi)))).toContain(
      'most 4200m →',
    );
  });

  it('ends its use in a diamond, or in an arrow where that goes on', () => {
    const ends = (container: SizedContainer): readonly (string | undefined)[] =>
      named('path', elementsOf(sizesPage([application([container])], origin)))
        .filter(({ attributes, depth }) => attributes.class === 'most' && depth > 7)
        .map(({ attributes }) => attributes.d);
    const [diamond, arrow] = ['M-5 33L0 28L5 33L0 38Z', 'M-8 28L0 33L-8 38Z'];
    expect(ends(shop[0]!)).toEqual([diamond, diamond]);
    expect(ends(shop[1]!)).toEqual([arrow, diamond]);
  });

  it('tells a limit that lies beyond its scale', () => {
    const loose = subject({ memoryLimit: 8192 * Mi });
    expect(textsOf(sized('orders', loose, steady(0.3, 300 * Mi)))).toContain('limit 8Gi →');
  });

  it('stands in its frame', () => {
    const marks = elements.flatMap(({ attributes: { x, x1, x2, width } }) =>
      [x, x1, x2, width].filter((each) => each?.endsWith('%')),
    );
    expect(marks.length).toBeGreaterThan(100);
    for (const mark of marks) {
      expect(Number.parseFloat(mark!)).toBeGreaterThanOrEqual(0);
      expect(Number.parseFloat(mark!)).toBeLessThanOrEqual(100);
    }
  });
});

describe('the markup of the page', () => {
  it('has ids that are unique, and refers to no others', () => {
    const ids = elements.flatMap(({ attributes: { id } }) => (id === undefined ? [] : [id]));
    expect(new Set(ids).size).toBe(ids.length);
    const known = new Set(ids);
    for (const { attributes } of elements) {
      for (const id of (attributes['aria-labelledby'] ?? '').split(' ').filter(Boolean))
        expect(known).toContain(id);
      if (attributes.href !== undefined) expect(known).toContain(attributes.href.slice(1));
    }
  });

  it('loads nothing and runs nothing', () => {
    for (const name of ['script', 'link', 'img', 'iframe', 'object', 'base', 'use', 'image'])
      expect(named(name)).toEqual([]);
    for (const { attributes } of elements) {
      expect(attributes.href ?? '#').toMatch(/^#/);
      for (const name of Object.keys(attributes)) expect(name).not.toMatch(/^(on|src|xlink)/);
    }
    expect(named('style')[0]?.text).not.toMatch(/url\(|@import|image-set|[<&]/);
    const policy = named('meta').find(({ attributes }) => 'http-equiv' in attributes);
    expect(policy?.attributes).toEqual({
      'http-equiv': 'Content-Security-Policy',
      content: "default-src 'none'; style-src 'unsafe-inline'",
    });
  });

  it('has a language, a title and headings without gaps', () => {
    expect(named('html')[0]?.attributes.lang).toBe('en');
    expect(named('title')[0]?.text).toBe('Sizes by evidence');
    const levels = elements.flatMap(({ name }) => (/^h\d$/.test(name) ? [Number(name[1])] : []));
    expect(levels.filter((level) => level === 1)).toEqual([1]);
    levels.forEach((level, at) => expect(level - (levels[at - 1] ?? 0)).toBeLessThanOrEqual(1));
  });

  it('names each picture, and hides those that only decorate', () => {
    const outer = named('svg').filter(({ attributes }) => attributes.class !== 'at');
    const pictures = outer.filter(({ attributes }) => attributes.role === 'img');
    expect(pictures).toHaveLength(2 * 13);
    for (const { attributes } of pictures) {
      const [title, text] = (attributes['aria-labelledby'] ?? '').split(' ');
      expect(elements.find((each) => each.attributes.id === title)?.name).toBe('title');
      expect(elements.find((each) => each.attributes.id === text)?.name).toBe('desc');
    }
    for (const { attributes } of outer)
      expect(attributes.role ?? attributes['aria-hidden']).toMatch(/^(img|true)$/);
    expect(named('desc')[0]?.text).toBe(
      'Its use: p50 71m, p95 144m, p98 162m, p99 167m, most 400m, most while it started 350m. The scale goes from 0 to 200m; what is above stands at its right end.',
    );
  });

  it('has tables with captions and with heads that say of what they are', () => {
    expect(named('caption')).toHaveLength(named('table').length);
    for (const { attributes } of named('th')) expect(attributes.scope).toMatch(/^(col|row)$/);
  });

  it('is the same for the same sizes, in whichever order they come', () => {
    expect(sizesPage([whole, other], origin)).toBe(page);
    const turned = { ...whole, containers: [...shop].reverse() };
    expect(sizesPage([turned, other], origin)).toBe(page);
  });

  it('takes no text for markup', () => {
    const bad = `"><script>alert('1')</script>&\u202E\u0000<!--]]>`;
    const one = sized(bad, subject(), measured([steadyDay('2026-11-06', 0.1, 100 * Mi)]));
    const { cpu } = one.proposal;
    const reasons = [bad];
    const worst: SizedContainer = {
      ...{ ...one, container: bad.repeat(2), drift: { ...one.drift, reasons } },
      proposal: { ...one.proposal, rule: bad, cpu: { ...cpu, reasons } },
    };
    const hostile = sizesPage(
      [
        application([worst], {
          application: bad,
          environment: bad,
          namespace: bad,
          injected: { [bad]: 1 },
        }),
      ],
      { server: bad, day: bad, version: bad },
    );
    const shown = bad.replace(/[\u202E\u0000]/g, '\uFFFD');
    const met = elementsOf(hostile);
    expect(named('script', met)).toEqual([]);
    expect(named('h2', met)[1]?.text).toBe(`${shown} in ${shown}`);
    expect(named('h3', met)[0]?.text).toBe(`${shown}/${shown}${shown}`);
    expect(named('code', met)[0]?.text).toBe(shown);
    expect(hostile).not.toMatch(/[\u202E\u0000]/);
  });
});
