import { describe, expect, it } from '@jest/globals';
import { readManifests } from '../../lib/guardrail';

const read = (text: string | Uint8Array) =>
  readManifests(typeof text === 'string' ? Buffer.from(text) : text, 'a.yaml');
/** What was found, with its line. */
const problems = (text: string | Uint8Array): readonly string[] =>
  read(text).problems.map(({ place, found, fix }) => `${place.line}: ${found}. ${fix}.`);
const settings = (lines: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n${lines}`;
const data = (lines: string): unknown => read(settings(lines)).objects[0]?.manifest.data;

describe('reading manifests', () => {
  it('gives each document with the line where it begins', () => {
    const { objects, problems: found } = read(
      `# a comment\n---\n${settings('  k: v\n')}---\n---\n# only a comment\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: b, namespace: shop}\n`,
    );
    expect(found).toEqual([]);
    expect(objects).toMatchObject([
      {
        manifest: { kind: 'ConfigMap', metadata: { name: 'a' } },
        place: { file: 'a.yaml', line: 3 },
      },
      { manifest: { kind: 'Pod', metadata: { namespace: 'shop' } }, place: { line: 13 } },
    ]);
  });

  it('takes lists apart, nested ones and those of one kind too', () => {
    const { objects } = read(`apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Pod
  metadata: {name: a}
- apiVersion: v1
  kind: ConfigMapList
  items:
  - metadata:
      name: b
  - {metadata: {name: c}}
- apiVersion: example.com/v1
  kind: AllowList
  metadata: {name: d}
`);
    expect(
      objects.map(({ manifest, place }) => [manifest.kind, manifest.metadata.name, place.line]),
    ).toEqual([
      ['Pod', 'a', 4],
      ['ConfigMap', 'b', 10],
      ['ConfigMap', 'c', 12],
      ['AllowList', 'd', 13],
    ]);
    expect(problems('apiVersion: v1\nkind: List\nitems:\n- 5\n')).toEqual([
      '1: an item of the List is 5. Write an object with apiVersion and kind.',
    ]);
  });

  it('takes apart what kubectl would, whatever its kind says', () => {
    const { objects } = read(
      '{"apiVersion":"v1","kind":"Harmless","metadata":{"name":"x"},"items":[{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"}}]}',
    );
    expect(objects.map(({ manifest }) => manifest.kind)).toEqual(['Pod']);
  });

  it('passes over what is no Kubernetes object, even when Kubernetes would refuse it', () => {
    const text = `image: x\nimage: y\n---\napiVersion: v2\nname: chart\n---\nResources: !Sub {a: !Ref b}\n---\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []\n---\n- a\n`;
    expect(read(text)).toEqual({ objects: [], problems: [], skipped: 5 });
    expect(read('')).toEqual({ objects: [], problems: [], skipped: 0 });
  });

  it('reads scalars as kubectl does, which reads YAML 1.1', () => {
    const lines = `  yes: no
  a: [y, On, TRUE, "yes", 'no', ~, null, NULL]
  b: [017, 0o17, 0x1F, 0b11, -0x10, 1_000, +5, 08]
  c: [1e3, .5, 1.5, -2.5e-1, 12:30:45, 2020-01-01, 1.2.3, 0x, "5"]
  d:
  e: 250m
`;
    expect(data(lines)).toEqual({
      true: false,
      a: [true, true, true, 'yes', 'no', null, null, null],
      b: [15, 15, 31, 3, -16, 1000, 5, 8],
      c: [1000, 0.5, 1.5, -0.25, '12:30:45', '2020-01-01', '1.2.3', '0x', '5'],
      d: null,
      e: '250m',
    });
    expect(data('  %yaml: 1\n')).toBeUndefined();
    const versioned = read(`%YAML 1.2\n---\n${settings('  a: yes\n')}`);
    expect(versioned.objects[0]?.manifest.data).toEqual({ a: true });
  });

  it('follows anchors, aliases and merge keys', () => {
    expect(
      data(
        '  x: &x {a: 1, b: 2}\n  v:\n    <<: *x\n    b: 3\n  z:\n    <<: [*x, {a: 9, c: 4}]\n  w: *x\n',
      ),
    ).toEqual({
      x: { a: 1, b: 2 },
      v: { a: 1, b: 3 },
      z: { a: 1, b: 2, c: 4 },
      w: { a: 1, b: 2 },
    });
    expect(problems(settings('  a: *nope\n  b: &b [*b]\n  c: {<<: 5}\n'))).toEqual([
      '6: the alias *nope has no anchor before it. Write the value.',
      '7: the alias *b has no anchor before it. Write the value.',
      '8: a merge key << has a value that is no map. Merge maps only.',
    ]);
  });

  it('takes the later anchor of a name where it is used again', () => {
    expect(data('  a: &x 1\n  b: {c: &x 2}\n  d: *x\n')).toMatchObject({ d: 2 });
  });

  it('reports keys that stand twice, in YAML and in JSON', () => {
    const twice = "the key 'k' stands twice in one map";
    const fix = 'Remove one of them; which one counts differs from tool to tool.';
    expect(problems(settings('  k: a\n  k: b\n'))).toEqual([`7: ${twice}. ${fix}`]);
    expect(read(settings('  k: a\n  k: b\n')).objects).toEqual([]);
    expect(
      problems(
        '{"apiVersion":"v1","kind":"ConfigMap",\n"metadata":{"name":"a"},\n"data":{"k":"a","\\u006b":"b"}}',
      ),
    ).toEqual([`3: ${twice}. ${fix}`]);
  });

  it('reports what JSON cannot hold and what Kubernetes knows no meaning for', () => {
    expect(
      problems(
        settings(
          '  a: .inf\n  b: !Ref x\n  c: !!binary aGk=\n  ? [k]\n  : v\n  ~: v\n  d: !!set {x}\n',
        ),
      ),
    ).toEqual([
      "6: '.inf' is a number that JSON cannot hold. Quote it if it is text, or write the number that is meant.",
      "7: Kubernetes knows no tag '!Ref'. Write the value without a tag.",
      "8: Kubernetes knows no tag '!!binary'. Write the value without a tag.",
      '9: a key is neither text nor a number. Write the key as text, in quotes.',
      '11: a key is neither text nor a number. Write the key as text, in quotes.',
      "12: Kubernetes knows no tag '!!set'. Write the value without a tag.",
    ]);
    expect(data('  a: !!str 5\n  b: !!int "5"\n  c: ! 5\n  d: !!map {}\n')).toEqual({
      ...{ a: '5', b: 5, c: '5', d: {} },
    });
  });

  it('reports objects without a sound name, and takes a generated one', () => {
    const pod = (metadata: string): string => `apiVersion: v1\nkind: Pod\n${metadata}\n`;
    expect(problems(pod('metadata: {name: 5}'))).toEqual([
      '1: metadata.name of a Pod is 5. Give it a name that is text; quote it if it looks like a number.',
    ]);
    expect(problems(pod('spec: {}'))).toEqual(['1: a Pod has no metadata.name. Give it a name.']);
    expect(problems(pod('metadata: {name: a, namespace: 0x10}'))).toEqual([
      '1: metadata.namespace of a Pod is 16. Give it a namespace that is text; quote it if it looks like a number.',
    ]);
    const [made] = read(pod('metadata: {generateName: migrate-}')).objects;
    expect(made?.manifest.metadata.name).toBe('migrate-*');
    const other = read('apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\n');
    expect(other).toEqual({ objects: [], problems: [], skipped: 0 });
  });

  it('reads JSON values that stand behind each other, and YAML that begins like JSON', () => {
    const object = (name: string): string =>
      `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"${name}"}}`;
    const names = (text: string): readonly string[] =>
      read(text).objects.map(({ manifest }) => manifest.metadata.name);
    expect(names(`${object('a')}\n${object('b')}`)).toEqual(['a', 'b']);
    expect(names('{apiVersion: v1, kind: Pod, metadata: {name: c}}')).toEqual(['c']);
    expect(names(`${object('a')}\n---\n${object('b')}`)).toEqual(['a', 'b']);
    expect(problems('{"apiVersion": "v1", "kind": }')).toEqual([
      '1: kind is null. Give kind as text.',
    ]);
    expect(problems('{"apiVersion": "v1", "kind": "Pod" "metadata": {}}')).toEqual([
      "1: the JSON has '\"' where ',' or '}' is expected. Mend the JSON.",
    ]);
  });

  it('says what is wrong with YAML that cannot be parsed', () => {
    expect(problems('a: [1, 2\nb: 3\n')[0]).toMatch(
      /^\d: the YAML cannot be parsed: .*\. Mend the YAML\.$/,
    );
    expect(problems(settings('\tk: v\n'))[0]).toMatch(/^6: .* Indent with spaces\.$/);
    expect(problems('{{- if .Values.on }}\nkind: Pod\n{{- end }}\n')[0]).toMatch(
      /If it is a template, render it first: helm template \. \| golden-path check -\.$/,
    );
    expect(problems('a: "\\q"')).toEqual([
      "1: a string has the escape '\\\\q', which YAML has not. Mend the escape, or use single quotes.",
    ]);
  });

  it('keeps sound documents beside those that are not', () => {
    const { objects, problems: found } = read(
      `${settings('  a: b\n')}---\na: "\\q"\n---\n${settings('')}`,
    );
    expect(objects).toHaveLength(2);
    expect(found).toHaveLength(1);
  });
});
