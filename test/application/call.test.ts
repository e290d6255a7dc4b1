import { describe, expect, it } from '@jest/globals';
import {
  call,
  external,
  later,
  Postgres,
  published,
  soft,
  WebService,
  type Application,
  type Dependency,
  type EdgeModel,
  type EnvValue,
} from '../../lib';
import { synthesizeIn, type Synthesis } from '../../lib/testing';

const good = { image: 'x/y:1', port: 8080, health: '/ready' } as const;
const contract = published({ application: 'warehouse', service: 'stock', port: 8080 });

interface Uses {
  readonly env?: Readonly<Record<string, EnvValue>>;
  readonly uses?: readonly Dependency[];
}
const web = (make: (cart: WebService, db: Postgres, app: Application) => Uses): Synthesis =>
  synthesizeIn((app) => {
    const db = new Postgres(app, 'db', { version: 16 });
    const cart = new WebService(app, 'cart', good);
    new WebService(app, 'web', { ...good, ...make(cart, db, app) });
  });
/** What one edge says of its calls. */
const edgeOf = (make: Parameters<typeof web>[0]): Partial<EdgeModel> | undefined => {
  const { problems, model } = web(make);
  expect(problems).toEqual([]);
  const [edge, ...others] = model.edges;
  expect(others).toEqual([]);
  const { soft: isSoft, timeoutSeconds, attempts } = edge as EdgeModel;
  return {
    soft: isSoft,
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
    ...(attempts !== undefined && { attempts }),
  };
};

const once = { timeout: '300ms' } as const;
const called = { soft: false, timeoutSeconds: 0.3 };

describe('call', () => {
  it.each<[string, Parameters<typeof web>[0]]>([
    ['an address', (cart) => ({ env: { A: call(cart.address, once) } })],
    ['a host beside a port', (cart) => ({ env: { A: call(cart.host, once), B: cart.port } })],
    ['a text', (cart) => ({ env: { A: `${String(call(cart.url, once))}/v1` } })],
    ['a part of an endpoint', (cart) => ({ env: { A: call(cart, once).url } })],
    ['a web service', (cart) => ({ uses: [call(cart, once)] })],
    [
      'what comes later',
      (cart) => ({
        uses: [
          call(
            later(() => cart),
            once,
          ),
        ],
      }),
    ],
    ['a backing service', (_, db) => ({ uses: [call(db, once)] })],
    ['a key of it', (_, db) => ({ env: { A: call(db.uri, once) } })],
    ['a contract', () => ({ uses: [call(contract, once)] })],
    ['an address of it', () => ({ env: { A: call(contract.url, once) } })],
    ['a host outside', () => ({ uses: [call(external('a.example.com'), once)] })],
  ])('of %s stands in the model', (_, make) => {
    expect(edgeOf(make)).toEqual(called);
  });

  it('and soft may stand around each other', () => {
    const whole = { soft: true, timeoutSeconds: 0.3, attempts: 3 };
    const props = { timeout: '300ms', attempts: 3 };
    expect(edgeOf((cart) => ({ uses: [soft(call(cart, props))] }))).toEqual(whole);
    expect(edgeOf((cart) => ({ uses: [call(soft(cart), props)] }))).toEqual(whole);
    expect(edgeOf((cart) => ({ env: { A: call(soft(cart.url), props) } }))).toEqual(whole);
    expect(edgeOf((cart) => ({ env: { A: soft(call(cart.address, props)) } }))).toEqual(whole);
    expect(edgeOf((cart) => ({ uses: [call(cart, { ...props, soft: true })] }))).toEqual(whole);
    expect(
      edgeOf((cart) => ({
        uses: [call(call(cart, { ...props, attempts: 1, soft: true }), { attempts: 3 })],
      })),
    ).toEqual(whole);
    expect(edgeOf((_, db) => ({ uses: [soft(call(db, props))] }))).toEqual(whole);
    expect(edgeOf(() => ({ uses: [soft(call(contract, props))] }))).toEqual(whole);
  });

  it('and other uses of one dependency are one edge, which is hard when one use is', () => {
    const env = (cart: WebService): Uses => ({
      env: { A: call(soft(cart.address), { attempts: 3 }), B: call(cart.url, { timeout: '0.3s' }) },
      uses: [call(cart, { attempts: 3, timeout: '300ms', soft: true })],
    });
    expect(edgeOf(env)).toEqual({ soft: false, timeoutSeconds: 0.3, attempts: 3 });
  });

  it('changes no manifest', () => {
    const plain = web((cart, db) => ({ env: { A: cart.url }, uses: [db] }));
    const said = web((cart, db) => ({ env: { A: call(cart.url, once) }, uses: [call(db, once)] }));
    const manifests = ({ files }: Synthesis) =>
      [...files].filter(([path]) => !path.startsWith('model/'));
    expect(manifests(said)).toEqual(manifests(plain));
    expect(said.problems).toEqual([]);
  });

  it('is a copy of what it is given', () => {
    const props = { timeout: '1s' };
    const reference = call(external('a.example.com').url, props);
    props.timeout = '2s';
    expect(reference.call).toEqual({ timeout: '1s' });
  });
});
