import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Binaries } from '../../lib/rehearsal';

/** The same programs, as tests call them. */
export type Assets = Binaries;

/** Where `npm run prometheus:assets` puts them: outside of the clone, so that they are fetched once. */
export const cacheFolder = (): string =>
  path.join(
    process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'),
    'cdk8s-golden-path',
    'prometheus',
  );

const cached = (): Assets => assetsIn(path.join(cacheFolder(), 'usr', 'bin'));

export const isFetched = (): boolean => lacking(cached()).length === 0;

/** Those of `PROMETHEUS_BIN`, a folder or the server itself, or else those of the cache. One sentence when they are not at hand. */
export function findAssets(): Assets | string {
  const given = process.env.PROMETHEUS_BIN;
  if (given === undefined) {
    return isFetched()
      ? cached()
      : 'No Prometheus to test on: run npm run prometheus:assets, which needs apt-get, or let PROMETHEUS_BIN name a folder with prometheus, promtool and prometheus-alertmanager.';
  }
  const assets = named(path.resolve(given));
  const missing = lacking(assets);
  return missing.length === 0
    ? assets
    : `PROMETHEUS_BIN names ${given}, but there is no ${missing.join(' and no ')}; PROMTOOL_BIN and ALERTMANAGER_BIN name what stands elsewhere.`;
}

function named(given: string): Assets {
  const isFolder = fs.existsSync(given) && fs.statSync(given).isDirectory();
  const found = isFolder
    ? assetsIn(given)
    : { ...assetsIn(path.dirname(given)), prometheus: given };
  const { PROMTOOL_BIN: promtool, ALERTMANAGER_BIN: alertmanager } = process.env;
  return {
    ...found,
    ...(promtool !== undefined && { promtool: path.resolve(promtool) }),
    ...(alertmanager !== undefined && { alertmanager: path.resolve(alertmanager) }),
  };
}

const assetsIn = (folder: string): Assets => ({
  prometheus: path.join(folder, 'prometheus'),
  promtool: path.join(folder, 'promtool'),
  alertmanager: path.join(folder, 'prometheus-alertmanager'),
});

const lacking = (assets: Assets): readonly string[] =>
  [assets.prometheus, assets.promtool, assets.alertmanager].filter((file) => !fs.existsSync(file));
