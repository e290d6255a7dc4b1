import { describe, expect, it } from '@jest/globals';
import { boundNamesExist } from '../../../lib/guardrail/graph/bound-names-exist';
import { bound, cronJob, deployment, findings, object, withSpec } from './scene';

const reading = (...env: object[]) => ({
  containers: [{ name: 'main', env: env.map((valueFrom) => ({ name: 'X', valueFrom })) }],
});
const secretKey = (name: string, key: string, more: object = {}) =>
  reading({ secretKeyRef: { name, key, ...more } });
const mapKey = (name: string, key: string) => reading({ configMapKeyRef: { name, key } });

type Pods = ReturnType<typeof reading> | Record<string, unknown>;
type Objects = ReturnType<typeof object>[];
const found = (pods: Pods, ...objects: Objects) =>
  findings(boundNamesExist, bound([deployment('orders', pods), ...objects]));

describe('bound-names-exist', () => {
  it('passes when everything is made', () => {
    const pods = {
      serviceAccountName: 'orders',
      initContainers: [
        { name: 'migrate', env: [{ valueFrom: { secretKeyRef: { name: 's', key: 'uri' } } }] },
      ],
      containers: [
        { name: 'main', envFrom: [{ configMapRef: { name: 'c' } }, { secretRef: { name: 's' } }] },
      ],
      volumes: [
        { name: 'c', configMap: { name: 'c', items: [{ key: 'a', path: 'a' }] } },
        { name: 's', secret: { secretName: 's' } },
        {
          name: 'p',
          projected: {
            sources: [
              { secret: { name: 's', items: [{ key: 'uri' }] } },
              { configMap: { name: 'c', items: [{ key: 'logo' }] } },
              { serviceAccountToken: { path: 'token' } },
            ],
          },
        },
        { name: 'e', emptyDir: {} },
      ],
      imagePullSecrets: [{ name: 'registry' }],
    };
    const config = object('ConfigMap', 'c', { data: { a: '1' }, binaryData: { logo: 'AA==' } });
    const secret = object('Secret', 's', { stringData: { uri: 'x' } });
    expect(found(pods, object('ServiceAccount', 'orders'), config, secret)).toEqual([]);
  });

  it('wants an optional key where another text is composed of it', () => {
    const password = { name: 's', key: 'password', optional: true };
    const pods = (url: string) => ({
      containers: [
        {
          name: 'main',
          args: ['--url=$(PASSWORD)'].filter(() => url === 'args'),
          env: [
            { name: 'PASSWORD', valueFrom: { secretKeyRef: password } },
            { name: 'URL', value: url },
          ],
        },
      ],
    });
    const secret = object('Secret', 's', { stringData: { uri: 'x' } });
    const message = 'Deployment/orders: it needs password of the Secret s, which has uri';
    for (const url of ['x:$(PASSWORD)@y', '$$$(PASSWORD)', 'args']) {
      expect(found(pods(url), secret)).toEqual([message]);
    }
    for (const url of ['$$(PASSWORD)', '$(OTHER)', 'PASSWORD', '$$$$(PASSWORD)']) {
      expect(found(pods(url), secret)).toEqual([]);
    }
  });

  it('reports each name that nothing makes, once', () => {
    const pods = {
      serviceAccountName: 'orders',
      containers: [
        { name: 'main', envFrom: [{ configMapRef: { name: 'c' } }, { secretRef: { name: 's' } }] },
        { name: 'side', envFrom: [{ configMapRef: { name: 'c' } }] },
      ],
    };
    expect(found(pods)).toEqual([
      'Deployment/orders: it needs the ServiceAccount orders, which nothing here makes',
      'Deployment/orders: it needs the ConfigMap c, which nothing here makes',
      'Deployment/orders: it needs the Secret s, which nothing here makes',
    ]);
  });

  it('reports each key that is missing', () => {
    const config = object('ConfigMap', 'c', { data: { b: '2', a: '1' } });
    expect(found(mapKey('c', 'z'), config)).toEqual([
      'Deployment/orders: it needs z of the ConfigMap c, which has a, b',
    ]);
    const items = [{ key: 'a' }, { key: 'y' }, { key: 'z' }];
    expect(found({ volumes: [{ configMap: { name: 'c', items } }] }, config)).toEqual([
      'Deployment/orders: it needs y, z of the ConfigMap c, which has a, b',
    ]);
    expect(found(secretKey('s', 'a'), object('Secret', 's'))).toEqual([
      'Deployment/orders: it needs a of the Secret s, which is empty',
    ]);
    expect(found(mapKey('c', 'constructor'), config)).toHaveLength(1);
  });

  it('leaves out what is optional', () => {
    expect(found(secretKey('s', 'a', { optional: true }))).toEqual([]);
    expect(found({ volumes: [{ secret: { secretName: 's', optional: true } }] })).toEqual([]);
    expect(found(secretKey('s', 'a', { optional: false }))).toHaveLength(1);
  });

  it('knows what every namespace has', () => {
    const ca = { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt' }] } };
    expect(found({ serviceAccountName: 'default', volumes: [ca] })).toEqual([]);
    expect(found(mapKey('kube-root-ca.crt', 'ca.pem'))).toHaveLength(1);
  });

  it('looks at CronJobs too', () => {
    const objects = [cronJob('report', secretKey('s', 'a'))];
    expect(findings(boundNamesExist, bound(objects))).toHaveLength(1);
  });

  it.each([
    ['Secret of a token', object('Secret', 's', { type: 'kubernetes.io/service-account-token' })],
    ['ExternalSecret', withSpec('ExternalSecret', 's', { data: [{ secretKey: 'a' }] })],
    [
      'ExternalSecret with a target',
      withSpec('ExternalSecret', 'x', { target: { name: 's' }, data: [{ secretKey: 'a' }] }),
    ],
    ['ExternalSecret of a whole entry', withSpec('ExternalSecret', 's', { dataFrom: [{}] })],
    [
      'ExternalSecret with a template',
      withSpec('ExternalSecret', 's', { target: { template: { data: { a: '{{ .x }}' } } } }),
    ],
    [
      'ExternalSecret that adds to a template',
      withSpec('ExternalSecret', 's', {
        target: { template: { data: { b: '' }, mergePolicy: 'Merge' } },
        data: [{ secretKey: 'a' }],
      }),
    ],
    [
      'ExternalSecret with templates from elsewhere',
      withSpec('ExternalSecret', 's', { target: { template: { templateFrom: [{}] } } }),
    ],
    [
      'ExternalSecret that adds to a Secret',
      withSpec('ExternalSecret', 's', { target: { creationPolicy: 'Merge' } }),
    ],
    ['SealedSecret', withSpec('SealedSecret', 's', { encryptedData: { a: 'AgB' } })],
    [
      'SealedSecret with a template',
      withSpec('SealedSecret', 's', { template: { data: { a: '' } } }),
    ],
    [
      'Certificate with a keystore',
      withSpec('Certificate', 'x', { secretName: 's', keystores: {} }),
    ],
    ['object of another kind', withSpec('KafkaUser', 'x', { secretName: 's' })],
  ])('passes when the key comes from a %s', (_, maker) => {
    expect(found(secretKey('s', 'a'), maker)).toEqual([]);
  });

  it.each([
    ['ExternalSecret', withSpec('ExternalSecret', 's', { data: [{ secretKey: 'b' }] })],
    [
      'ExternalSecret of another name',
      withSpec('ExternalSecret', 's', { target: { name: 'x' }, data: [{ secretKey: 'a' }] }),
    ],
    [
      'template that replaces it',
      withSpec('ExternalSecret', 's', {
        target: { template: { data: { b: '' } } },
        data: [{ secretKey: 'a' }],
      }),
    ],
    ['SealedSecret', withSpec('SealedSecret', 's', { encryptedData: { b: 'AgB' } })],
    ['Certificate', withSpec('Certificate', 's', { secretName: 's' })],
    ['kind of the same name elsewhere', { ...object('Secret', 's'), apiVersion: 'example.com/v1' }],
  ])('reports when the key does not come from a %s', (_, maker) => {
    expect(found(secretKey('s', 'a'), maker)).toHaveLength(1);
  });

  it('knows the keys of a certificate', () => {
    const certificate = withSpec('Certificate', 'x', { secretName: 's' });
    const keys = ['tls.crt', 'tls.key', 'ca.crt'];
    const refs = keys.map((key) => ({ secretKeyRef: { name: 's', key } }));
    expect(found(reading(...refs), certificate)).toEqual([]);
  });

  it('reports only keys where the objects come from files', () => {
    const objects = [
      deployment('orders', { serviceAccountName: 'orders', ...secretKey('elsewhere', 'a') }),
      deployment('ads', mapKey('c', 'z')),
      object('ConfigMap', 'c', { data: { a: '1' } }),
    ];
    expect(findings(boundNamesExist, objects)).toEqual([
      'Deployment/ads: it needs z of the ConfigMap c, which has a',
    ]);
  });
});
