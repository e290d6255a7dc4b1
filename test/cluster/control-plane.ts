import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { end, hasEnded } from '../../lib/rehearsal';
import type { Assets } from './assets';

const HOST = '127.0.0.1';
const START_SECONDS = 120;

/** A running control plane: etcd, the API server, and of the controllers those that policies and namespaces need. */
export interface ControlPlane {
  readonly kubeconfig: string;
  /** Its temporary folder, which goes with it. */
  readonly folder: string;
  readonly stop: () => Promise<void>;
}

/** Starts a control plane in a temporary folder, on free ports of the loopback. @throws also when the signal comes before it is ready */
export async function startControlPlane(
  assets: Assets,
  signal: AbortSignal,
): Promise<ControlPlane> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-path-cluster-'));
  const processes: ChildProcess[] = [];
  const stop = async (): Promise<void> => {
    if (processes.some(hasEnded) && !signal.aborted) console.error(lastLines(folder));
    await Promise.all(processes.reverse().map(end));
    fs.rmSync(folder, { recursive: true, force: true });
  };
  try {
    const [etcd = 0, peer = 0, api = 0, manager = 0] = await freePorts(4);
    const run = (binary: Parameters<Assets['path']>[0], args: readonly string[]): void => {
      const log = fs.openSync(path.join(folder, `${binary}.log`), 'a');
      processes.push(
        spawn(assets.path(binary), args, { cwd: folder, stdio: ['ignore', log, log] }),
      );
      fs.closeSync(log);
    };
    const kubeconfig = credentials(folder, api);
    run('etcd', etcdArgs(folder, etcd, peer));
    run('kube-apiserver', [...apiServerArgs(folder, etcd, api), ...gatesOf(assets)]);
    await ready(processes, kubeconfig, assets, folder, signal);
    if (assets.checksTypes) {
      run('kube-controller-manager', managerArgs(folder, kubeconfig, manager));
    }
    return { kubeconfig, folder, stop };
  } catch (error) {
    // One that has ended is told of by stop.
    const logs = processes.some(hasEnded) || signal.aborted ? '' : lastLines(folder);
    await stop();
    signal.throwIfAborted();
    throw new Error(`The control plane ${assets.name} did not start: ${String(error)}\n${logs}`);
  }
}

const etcdArgs = (folder: string, client: number, peer: number): readonly string[] => [
  `--data-dir=${path.join(folder, 'etcd')}`,
  `--listen-client-urls=http://${HOST}:${client}`,
  `--advertise-client-urls=http://${HOST}:${client}`,
  `--listen-peer-urls=http://${HOST}:${peer}`,
  `--initial-advertise-peer-urls=http://${HOST}:${peer}`,
  `--initial-cluster=default=http://${HOST}:${peer}`,
  '--unsafe-no-fsync',
];

/** Gates of what fixtures use, on by default since 1.33. Later versions know them no more. */
function gatesOf(assets: Assets): readonly string[] {
  const { stdout } = spawnSync(assets.path('kube-apiserver'), ['--version'], { encoding: 'utf8' });
  const minor = Number(/ v1\.(\d+)\./.exec(stdout)?.[1]);
  return minor < 33 ? ['--feature-gates=ProcMountType=true,UserNamespacesSupport=true'] : [];
}

const apiServerArgs = (folder: string, etcd: number, port: number): readonly string[] => [
  `--etcd-servers=http://${HOST}:${etcd}`,
  `--bind-address=${HOST}`,
  `--advertise-address=${HOST}`,
  `--secure-port=${port}`,
  // It signs a certificate of its own for this folder.
  `--cert-dir=${path.join(folder, 'certificates')}`,
  `--token-auth-file=${path.join(folder, 'tokens.csv')}`,
  '--service-account-issuer=https://kubernetes.default.svc',
  `--service-account-key-file=${path.join(folder, 'service-account.pub')}`,
  `--service-account-signing-key-file=${path.join(folder, 'service-account.key')}`,
  '--service-cluster-ip-range=10.96.0.0/16',
  '--authorization-mode=RBAC',
  '--allow-privileged=true',
  '--max-requests-inflight=2000',
  '--max-mutating-requests-inflight=1000',
];

const managerArgs = (folder: string, kubeconfig: string, port: number): readonly string[] => [
  `--kubeconfig=${kubeconfig}`,
  `--bind-address=${HOST}`,
  `--secure-port=${port}`,
  `--cert-dir=${path.join(folder, 'certificates-of-manager')}`,
  '--leader-elect=false',
  '--controllers=validatingadmissionpolicy-status-controller,namespace-controller,serviceaccount-controller,garbage-collector-controller',
];

/** A token of an administrator, a key for service accounts, and the kubeconfig that uses the token. */
function credentials(folder: string, port: number): string {
  const token = randomBytes(24).toString('hex');
  const write = (name: string, text: string): string => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, text, { mode: 0o600 });
    return file;
  };
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  write('service-account.pub', publicKey);
  write('service-account.key', privateKey);
  write('tokens.csv', `${token},admin,admin,"system:masters"\n`);
  const cluster = {
    server: `https://${HOST}:${port}`,
    'certificate-authority': path.join(folder, 'certificates', 'apiserver.crt'),
  };
  return write(
    'kubeconfig.json',
    JSON.stringify({
      ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'test' },
      clusters: [{ name: 'test', cluster }],
      users: [{ name: 'admin', user: { token } }],
      contexts: [{ name: 'test', context: { cluster: 'test', user: 'admin' } }],
    }),
  );
}

async function ready(
  processes: readonly ChildProcess[],
  kubeconfig: string,
  assets: Assets,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const end = Date.now() + START_SECONDS * 1000;
  for (;;) {
    signal.throwIfAborted();
    const dead = processes.find(hasEnded);
    if (dead) throw new Error(`${path.basename(dead.spawnfile)} ended`);
    if (await answers(kubeconfig, assets, folder)) return;
    if (Date.now() > end) throw new Error(`it was not ready after ${START_SECONDS} s`);
    await sleep(250);
  }
}

function answers(kubeconfig: string, assets: Assets, folder: string): Promise<boolean> {
  if (!fs.existsSync(path.join(folder, 'certificates', 'apiserver.crt')))
    return Promise.resolve(false);
  const args = [`--kubeconfig=${kubeconfig}`, 'get', '--raw', '/readyz'];
  const env = { ...process.env, KUBECACHEDIR: path.join(folder, 'kubectl') };
  const child = spawn(assets.path('kubectl'), args, { stdio: 'ignore', cwd: folder, env });
  return new Promise((resolve) => {
    child.on('error', () => {
      resolve(false);
    });
    child.on('close', (code) => {
      resolve(code === 0);
    });
  });
}

/** Chosen for another control plane, which may not listen yet. */
const given = new Set<number>();

/** Ports that nobody listens on: all are open at once while they are chosen, so they differ. */
async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => net.createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.on('error', reject).listen(0, HOST, () => {
            resolve((server.address() as net.AddressInfo).port);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  if (ports.some((port) => given.has(port))) return freePorts(count);
  for (const port of ports) given.add(port);
  return ports;
}

/** The end of each log; of one that crashed, what stands before the thousands of lines on what else it was doing. */
const lastLines = (folder: string): string =>
  fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .map((name) => {
      const lines = fs.readFileSync(path.join(folder, name), 'utf8').trimEnd().split('\n');
      const crash = lines.findIndex((line) => /^(fatal error|panic): /.test(line));
      const shown = crash === -1 ? lines.slice(-8) : lines.slice(crash, crash + 30);
      return [`== ${name}`, ...shown].join('\n');
    })
    .join('\n');
