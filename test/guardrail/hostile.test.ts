import { describe, expect, it } from '@jest/globals';
import { checkFiles, readManifests } from '../../lib/guardrail';
import { celJs } from '../../lib/guardrail/cel';

const read = (text: string | Uint8Array) =>
  readManifests(typeof text === 'string' ? Buffer.from(text) : text, 'a.yaml');
const found = (text: string | Uint8Array): readonly string[] =>
  read(text).problems.map((problem) => `${problem.place.line}: ${problem.found}`);
const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';
const repeat = (unit: string, megabytes: number): string =>
  unit.repeat(Math.floor((megabytes * 1e6) / unit.length));

const DEEP = 'values are nested more than 256 levels deep';
const MANY = 'one document has more parts than can be read';

describe('hostile files', () => {
  it('may nest as deep as they like', () => {
    const levels = 10_000;
    const block = Array.from({ length: 1000 }, (_, level) => `${' '.repeat(level)}a:\n`).join('');
    const texts = [
      '['.repeat(levels) + ']'.repeat(levels),
      '['.repeat(levels),
      '{"a":'.repeat(levels) + '1' + '}'.repeat(levels),
      '{a: '.repeat(levels) + '}'.repeat(levels),
      `${head}x: ${'['.repeat(levels)}${']'.repeat(levels)}`,
      '- '.repeat(levels),
      '? '.repeat(levels),
      block,
    ];
    for (const text of texts) {
      expect(found(text).map((each) => each.replace(/^\d+: /, ''))).toEqual([DEEP]);
    }
  });

  it('may nest as deep as the limit says', () => {
    const depth = 250;
    const nested = `${head}x: ${'['.repeat(depth)}${']'.repeat(depth)}`;
    const json = `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"x":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect(read(nested)).toMatchObject({ problems: [], objects: [{}] });
    expect(read(json)).toMatchObject({ problems: [], objects: [{}] });
  });

  it('may stand for more than fits into memory', () => {
    let bomb = `${head}a0: &a0 [x,x,x,x,x,x,x,x,x]\n`;
    let chain = `${head}b0: &b0 [x]\n`;
    for (let i = 1; i < 20; i++)
      bomb += `a${i}: &a${i} [${Array(9)
        .fill(`*a${i - 1}`)
        .join(',')}]\n`;
    for (let i = 1; i < 1000; i++) chain += `b${i}: &b${i} [*b${i - 1}]\n`;
    expect(found(bomb)).toEqual(['10: the aliases stand for more than 100000 values']);
    expect(found(chain)[0]).toBe(`259: ${DEEP}`);
  });

  it('may hold bytes that are no text', () => {
    expect(found('a: b\nc: \0')).toEqual(['2: the file has a control character']);
    expect(found(Buffer.from(`${head}b: caf\xe9`, 'latin1'))).toEqual([
      '5: the file has bytes that are not UTF-8',
    ]);
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(head, 'utf16le')]);
    expect(found(utf16)).toEqual(['1: the file is UTF-16']);
    const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(head)]);
    expect(read(marked)).toMatchObject({ problems: [], objects: [{}] });
    expect(read(head.replaceAll('\n', '\r\n')).objects).toHaveLength(1);
  });

  it('may use names that mean something to JavaScript', () => {
    const text = `${head}__proto__: {kind: Pod, polluted: true}\nconstructor: {prototype: {polluted: true}}\ntoString: x\n`;
    const json = `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","__proto__":{"name":"b"}},"__proto__":{"spec":{"hostNetwork":true}}}`;
    for (const each of [text, json]) {
      const { objects } = read(each);
      expect(objects[0]?.manifest.metadata.name).toBe('a');
      expect(Object.hasOwn(objects[0]!.manifest, '__proto__')).toBe(true);
      const report = checkFiles([{ file: 'a', ...read(each) }], { pack: 'baseline' });
      expect(report.findings).toEqual([]);
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    // Without a kind of its own it is no object, whatever its prototype would say.
    expect(read('apiVersion: v1\n__proto__: {kind: Pod}\n').objects).toEqual([]);
  });

  it('may have numbers of any length', () => {
    const long = '9'.repeat(300);
    const { objects } = read(`${head}a: ${long}\nb: 1${'_'.repeat(1e6)}\nc: 9007199254740993\n`);
    expect(objects[0]?.manifest).toMatchObject({ a: Number(long), b: `1${'_'.repeat(1e6)}` });
    expect(found(`${head}a: 1${'0'.repeat(350)}\n`)).toEqual([
      "5: '10000000000000000000000…' is a number that JSON cannot hold",
    ]);
    expect(found('{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"x":1e999}')).toEqual([
      "1: '1e999' is a number that JSON cannot hold",
    ]);
  });

  it('may be made of keys, escapes, brackets or marks alone', () => {
    expect(found(repeat('a: {{ .Values.x }}\n', 4))).toEqual([`192308: ${MANY}`]);
    expect(found(`a: "${repeat('\\q', 5)}"`)[0]).toContain("a string has the escape '\\\\q'");
    expect(found(`"${repeat('\\"', 5)}x`)).toHaveLength(1);
    expect(found(`{"${repeat('\\"', 5)}`)).toEqual([
      '1: the JSON ends where the end of a string is expected',
    ]);
    expect(found(repeat('&', 5))).toEqual([]);
    expect(found(repeat('!', 1))[0]).toMatch(/^1: the YAML cannot be parsed: .{200,300}$/);
    expect(found(repeat('"', 1))[0]).toMatch(/^1: the YAML cannot be parsed/);
    expect(found(repeat('---\n', 1))).toEqual([]);
  });

  it('may be larger than any manifest', () => {
    expect(found(Buffer.alloc(20 * 2 ** 20 + 1, 'a'))).toEqual([
      '1: the file is larger than 20 MiB',
    ]);
    expect(found(repeat('- a\n', 18))).toEqual([`500000: ${MANY}`]);
  });

  it('may have many keys in one map, and many documents', () => {
    const keys = Array.from({ length: 100_000 }, (_, key) => `  k${key}: v\n`).join('');
    expect(read(`${head}data:\n${keys}`).objects).toHaveLength(1);
    expect(read(`${head}---\n`.repeat(5000)).objects).toHaveLength(5000);
    const items = Array.from(
      { length: 150_000 },
      () => '{"apiVersion":"v1","kind":"A","metadata":{"name":"a"}}',
    );
    const list = `{"apiVersion":"v1","kind":"List","items":[${items.join(',')}]}`;
    expect(read(list).objects).toHaveLength(150_000);
  });
});

describe('a hostile object', () => {
  const report = (manifest: object) => {
    const bytes = Buffer.from(JSON.stringify({ apiVersion: 'v1', kind: 'Pod', ...manifest }));
    return checkFiles([{ file: 'a.json', ...readManifests(bytes, 'a.json') }], { pack: 'strict' });
  };

  it('is judged whatever its fields hold', () => {
    const values = [null, 0, -1, 1.5, '', 'x', true, [], [null], [[]], {}, { a: null }];
    const fields = ['metadata', 'spec', 'status'] as const;
    for (const value of values) {
      for (const field of fields) {
        const manifest = { metadata: { name: 'a' }, [field]: value };
        expect(() => report(manifest)).not.toThrow();
      }
      const containers = { metadata: { name: 'a', labels: value }, spec: { containers: value } };
      const inside = {
        metadata: { name: 'a' },
        spec: { containers: [value, { ports: value, env: value }] },
      };
      expect(() => [report(containers), report(inside)]).not.toThrow();
    }
  });

  it('is not judged when it lists more than any workload does', () => {
    const env = Array.from({ length: 100_000 }, (_, index) => ({ name: `E${index}`, value: 'x' }));
    const { problems, findings } = report({
      metadata: { name: 'a' },
      spec: { containers: [{ env }] },
    });
    expect(findings).toEqual([]);
    expect(problems.map((problem) => problem.found)).toEqual([
      'a Pod has more than 5000 values, too many to judge',
    ]);
    const some = { metadata: { name: 'a' }, spec: { containers: [{ env: env.slice(0, 1000) }] } };
    expect(report(some).problems).toEqual([]);
  }, 20_000);

  it('is matched in linear time', () => {
    const compiled = celJs.compile("dyn(object).?x.orValue('').matches('^(a+)+$')");
    const object = celJs.toValue({ x: `${'a'.repeat(100_000)}!` });
    const context = {
      object,
      request: { operation: 'CREATE', subResource: '' },
      variables: {},
    } as const;
    expect(compiled.problem).toBeUndefined();
    expect(compiled.program?.(context)).toBe(false);
  }, 20_000);
});
