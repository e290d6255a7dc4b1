import { describe, expect, it } from '@jest/globals';
import { Yaml } from 'cdk8s';
import fc from 'fast-check';
import { deepStrictEqual } from 'node:assert';
import { parseAllDocuments } from 'yaml';
import { renderYaml } from '../../lib/foundation/yaml';

const RUNS = { numRuns: 2000 };

const FRAGMENTS = [
  ...`--- ... %a &a *a !t | > |- " ' [ ] { } , @ ~ \\ : # \` << = T x abc é 😀`.split(' '),
  ...'null true y No 0 1 0x 0o 0b e . _ + - .inf 12:30 2001-01-01'.split(' '),
  ...[
    '- ',
    '? ',
    ': ',
    ' #',
    ' ',
    '  ',
    '\n',
    '\n\n',
    '\t',
    '\r',
    '\r\n',
    '\u00a0',
    '\u3000',
    '\0',
  ],
  ...['\u0007', '\u001b', '\u007f', '\u0085', '\u2028', '\u2029', '\ufeff', '\uffff'],
];
const fragments = fc
  .array(fc.constantFrom(...FRAGMENTS), { maxLength: 8 })
  .map((parts) => parts.join(''));
const nastyText = fc.oneof(
  { weight: 4, arbitrary: fragments },
  fragments.map((text) => text.repeat(12)),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'binary-ascii', maxLength: 60 }),
  fc.stringMatching(/^[-+]?[0-9_.]{0,4}[eExXoObB:]?[-+]?[0-9_.]{0,4}$/),
);
const number = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true }).filter(isFinite),
);

/** JSON values whose strings and keys come from `text`. */
function json(text: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  const key = fc.oneof(
    { weight: 30, arbitrary: text },
    { weight: 3, arbitrary: fc.constantFrom('__proto__', 'y', 'on', '1', 'constructor') },
    text.map((part) => part.repeat(400)),
  );
  return fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      { weight: 3, arbitrary: text },
      number,
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    ),
  })).value;
}

function read(text: string, version: '1.1' | '1.2'): unknown[] {
  return Array.from(parseAllDocuments(text, { version }), (document) => {
    deepStrictEqual(document.errors, []);
    return document.toJS() as unknown;
  });
}

const labels = { 'app.kubernetes.io/name': 'orders', 'app.kubernetes.io/version': '1.2.3' };
const CORPUS = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      annotations: { 'golden-path/source': 'apps/shop.ts:14', 'prometheus.io/scrape': 'true' },
      labels: { ...labels },
      name: 'orders',
    },
    spec: {
      replicas: 2,
      selector: { matchLabels: { ...labels } },
      strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 }, type: 'RollingUpdate' },
      template: {
        spec: {
          containers: [
            {
              args: ['--port=8080', '-c', 'echo "hi"; exec $(APP)', '*', '- x', 'a: b', '#x', ''],
              command: ['/bin/sh'],
              env: [
                { name: 'PORT', value: '8080' },
                { name: 'URL', value: 'http://stock.shop.svc:80/api?a=1&b=[2]' },
                { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
              ],
              image: `registry.example.com/shop/orders:1.2.3@sha256:${'0123456789abcdef'.repeat(4)}`,
              resources: { limits: { memory: '256Mi' }, requests: { cpu: '0.5', memory: '256Mi' } },
              securityContext: { capabilities: { drop: ['ALL'] }, runAsNonRoot: true },
            },
          ],
          volumes: [{ emptyDir: {}, name: 'tmp' }],
        },
      },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'orders' },
    spec: { externalIPs: [], ports: [{ port: 80, targetPort: 'http' }], selector: { ...labels } },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'orders' },
    spec: {
      egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.2.3/32'] } }] }, {}],
      ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { ...labels } } }] }],
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    },
  },
  {
    apiVersion: 'v1',
    data: {
      'app.json': '{\n  "a": [1, 2],\n\n  "b": null\n}\n',
      'ends-open': 'one\ntwo',
      'ends-wide': 'one\n\n\n',
      'run.sh': '#!/bin/sh\nset -eu\nif [ -n "$X" ]; then\n\techo "$X: yes" # why\nfi\n',
      'starts-wide': '\n\n  indented\nless\n',
      'trailing-space': 'a  \nb \n  ',
      'windows.ini': '[main]\r\nkey = value\r\n; a comment that makes the text rather long\r\n',
      1: 'y',
      on: 'off',
      y: 'n',
    },
    immutable: true,
    kind: 'ConfigMap',
    metadata: { creationTimestamp: null, name: 'orders' },
  },
  {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    spec: {
      versions: [
        {
          schema: {
            openAPIV3Schema: {
              description: `Orders: ${'a long sentence, without a line break. '.repeat(20)}`,
              'x-kubernetes-validations': [
                { message: "it's 'two' or more", rule: 'self.min <= self.max && self.max >= 2' },
                { message: 'both \' and "', rule: "self.all(x, x != '')" },
              ],
              properties: { ratio: { default: 1e-7, enum: ['yes', 'Yes', 'no', '1', '~'] } },
            },
          },
        },
      ],
    },
    matrix: [[1, [2.5, -3]], [[]], [{}], [[{ a: [] }]], [{ a: 1, b: [[{ c: 'x\ny\n' }]] }]],
  },
];

const SCALARS = [
  ...'yes No TRUE null Null ~ on y tRUE e5 0777 08 1e3 12:30:00 2001-01-01 0x1f 0b1'.split(' '),
  ...'1_000 .inf -.5 -e5 - 1. +1 1.2.3 10.0.0.1 100m 64Mi 5% 1:2 a:b a: :: e2e'.split(' '),
  ...`#x a#b -x --x --- ... ?x %x @x * &a !a | > \`x\` [a] {a} , it's "x" "' \\d é 日本語 😀`.split(
    ' ',
  ),
  ...['', ' ', ' x', 'x ', 'x  y', 'a: b', 'a #b', '- x', '--- x', '? x', ': x', '*/5 * * * *'],
  ...['\0', '\u001b[0m', '\r', 'a\rb', 'a\n', ' a\nb', 'a\n b\n\n', 'a\n---\nb'],
  ...['%a\nb', 'a\n  ', 'a \nb', '\u00a0x\u3000', 'x'.repeat(5000), 'word '.repeat(500)],
];
const MISREAD = /^(?:<<|=|[-+.\d][-+._\da-fxo]*)$/i;
const ESCAPED = /[\t\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|^[\n ]*$|\n \n/;

describe('the text of renderYaml', () => {
  it('separates documents by three dashes and ends each with a newline', () => {
    expect(renderYaml([{ a: 1 }, {}, [1, []]])).toBe('a: 1\n---\n{}\n---\n- 1\n- []\n');
    expect(renderYaml([])).toBe('');
  });

  it('keeps the order of keys and leaves out those that are undefined', () => {
    const map = { b: 1, gone: undefined, a: { gone: undefined }, c: [{ gone: undefined }] };
    expect(renderYaml([map])).toBe('b: 1\na: {}\nc:\n  - {}\n');
  });

  it.each(CORPUS.map((object) => [object.kind, object]))(
    'is that of cdk8s for a %s',
    (_, object) => {
      expect(renderYaml([object])).toBe(Yaml.stringify(object));
    },
  );

  it('is that of cdk8s for several documents', () => {
    expect(renderYaml(CORPUS)).toBe(Yaml.stringify(...CORPUS));
  });

  it.each(SCALARS)('is that of cdk8s for the string and the key %j', (text) => {
    const object = { [text]: { [text]: text, list: [text, [text, { [text]: text }]] } };
    expect(renderYaml([object])).toBe(Yaml.stringify(object));
  });

  it.each([0, -0, 1, -1.5, 1e21, 1e-7, 2 ** 53, 0.1 + 0.2, true, false, null])(
    'is that of cdk8s for %p',
    (value) => {
      expect(renderYaml([value, { value }])).toBe(Yaml.stringify(value, { value }));
    },
  );

  it('is that of cdk8s for any JSON that all readers read alike', () => {
    const text = nastyText.filter((value) => !MISREAD.test(value) && !ESCAPED.test(value));
    fc.assert(
      fc.property(json(text), (value) => {
        expect(renderYaml([{ value }])).toBe(Yaml.stringify({ value }));
      }),
      RUNS,
    );
  });

  it('repeats shared references instead of naming them', () => {
    const shared = { a: [1] };
    expect(renderYaml([{ x: shared, y: shared }])).toBe('x:\n  a:\n    - 1\n"y":\n  a:\n    - 1\n');
  });

  it('writes a long key in two parts, with any value', () => {
    const key = 'k'.repeat(1025);
    const object = { [key]: { [key]: [1], b: 'x\ny' }, [`#${key}`]: [{ [key]: 'x\ny' }, 2] };
    expect(renderYaml([object])).toBe(Yaml.stringify(object));
  });

  it('writes keys that JavaScript treats in a special way', () => {
    const object: unknown = JSON.parse('{"__proto__": {"constructor": 1}, "toString": "x"}');
    expect(renderYaml([object])).toBe('__proto__:\n  constructor: 1\ntoString: x\n');
  });

  it('writes objects without a prototype and of another realm', () => {
    const bare: unknown = Object.assign(Object.create(null) as object, { a: 1 });
    expect(renderYaml([{ bare, other: structuredClone({ b: [2] }) }])).toBe(
      'bare:\n  a: 1\nother:\n  b:\n    - 2\n',
    );
  });

  it('writes 2,000 levels', () => {
    let value: unknown = 'x';
    for (let level = 0; level < 1000; level++) value = { a: [value] };
    const lines = renderYaml([value]).split('\n');
    expect(lines).toHaveLength(1002);
    expect(lines.slice(0, 3)).toEqual(['a:', '  - a:', '      - a:']);
    expect(lines[1000]).toBe(`${' '.repeat(3998)}- x`);
  });

  it('writes megabytes in one string', () => {
    const long = 'word '.repeat(4_000_000);
    expect(renderYaml([{ long: `${long}x` }])).toBe(`long: ${long}x\n`);
  });
});

describe('what renderYaml writes', () => {
  it.each(['1.1', '1.2'] as const)('reads back as it was in YAML %s', (version) => {
    fc.assert(
      fc.property(fc.array(json(nastyText), { maxLength: 3 }), (documents) => {
        deepStrictEqual(read(renderYaml(documents), version), documents);
      }),
      RUNS,
    );
  });

  it.each([
    ['a number of YAML 1.2', '0o17', '"0o17"'],
    ['a number of Go', '0X1F', '"0X1F"'],
    ['a number with stray underscores', '1e_3', '"1e_3"'],
    ['a signed number with stray underscores', '-_5_', '"-_5_"'],
    ['the merge key', '<<', '"<<"'],
    ['the default key of YAML 1.1', '=', '"="'],
    ['a tab in one line', 'a\tb', '"a\\tb"'],
    ['a block that begins with a tab', '\n\ta\n', '"\\n\\ta\\n"'],
    ['a block without text', '  \n\n', '"  \\n\\n"'],
    ['line breaks of YAML 1.1', 'a\u0085b\u2028c\u2029\nd', '"a\\u0085b\\u2028c\\u2029\\nd"'],
    ['the byte order mark', '\ufeffa', '"\\ufeffa"'],
    ['what YAML does not print', '\u007f\u0080\ufffe\uffff', '"\\u007f\\u0080\\ufffe\\uffff"'],
  ])('is quoted beyond cdk8s for %s', (_, text, quoted) => {
    expect(renderYaml([{ [text]: [text] }])).toBe(`${quoted}:\n  - ${quoted}\n`);
    expect(Yaml.stringify([text])).not.toBe(`- ${quoted}\n`);
  });

  it('has no stray backslash for a line of one space among escapes', () => {
    const text = `\u0001${'x'.repeat(40)}\n \ny`;
    expect(renderYaml([{ text }])).toBe(`text: "\\u0001${'x'.repeat(40)}\\n \\ny"\n`);
    expect(read(Yaml.stringify({ text }), '1.1')).not.toEqual([{ text }]);
  });

  it('is one quoted line for a document that is a string', () => {
    expect(renderYaml(['a\nb', 'plain'])).toBe('"a\\nb"\n---\nplain\n');
  });
});

class Duration {
  readonly seconds = 5;
}

describe('renderYaml refuses', () => {
  const cycle: { spec: { template?: unknown } } = { spec: {} };
  cycle.spec.template = [cycle.spec];
  const inheriting: unknown = Object.create(Object.create(Object.create(null) as object) as object);
  const deep = Array.from({ length: 2000 }).reduce<unknown>((a) => ({ a }), []);

  it.each([
    ['a function', { spec: { template: () => 1 } }, 'spec.template in document 1 is a function'],
    ['a symbol', [Symbol('x')], '[0] in document 1 is a symbol'],
    ['a bigint', { 'a/b': [{ c: 1n }] }, '["a/b"][0].c in document 1 is a bigint'],
    ['NaN', { a: NaN }, 'a in document 1 is NaN'],
    ['an infinity', { a: -Infinity }, 'a in document 1 is -Infinity'],
    ['a date', { a: { '': new Date(0) } }, 'a[""] in document 1 is an instance of Date'],
    ['a class instance', [1, new Duration()], '[1] in document 1 is an instance of Duration'],
    ['a boxed string', { a: new String('a') }, 'a in document 1 is an instance of String'],
    ['an object that inherits', { a: inheriting }, 'a in document 1 is an instance of a class'],
    ['undefined in a list', { a: [0, undefined] }, 'a[1] in document 1 is undefined'],
    ['an undefined document', undefined, 'document 1 is undefined'],
    ['a cycle', cycle, 'spec.template[0] in document 1 refers back to spec in document 1'],
    ['an unpaired surrogate', { a: 'x\ud800' }, 'a in document 1 has an unpaired surrogate'],
    ['such a key', { 'x\udc00': 1 }, '["x\\udc00"] in document 1 has an unpaired surrogate'],
    [
      'more than 2,000 levels',
      deep,
      `a${'.a'.repeat(19)}… in document 1 is nested more than 2000 levels deep`,
    ],
  ])('%s', (_, document, found) => {
    expect(() => renderYaml([document])).toThrow(
      new TypeError(`Cannot write YAML: ${found}. Pass plain JSON values only.`),
    );
  });

  it('by the number of the document', () => {
    expect(() => renderYaml([{ a: { b: 1 } }, { c: NaN }])).toThrow(
      new TypeError('Cannot write YAML: c in document 2 is NaN. Pass plain JSON values only.'),
    );
  });

  it('an unpaired surrogate wherever it stands in a string', () => {
    const unpaired = fc
      .integer({ min: 0xd800, max: 0xdfff })
      .map((code) => String.fromCharCode(code));
    fc.assert(
      fc.property(nastyText, unpaired, nastyText, (before, surrogate, after) => {
        expect(() => renderYaml([[`${before} ${surrogate} ${after}`]])).toThrow(TypeError);
      }),
      RUNS,
    );
  });
});
