import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** The server, and the tool that makes its blocks. */
export interface Assets {
  readonly prometheus: string;
  readonly promtool: string;
}

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
      : 'No Prometheus to test on: run npm run prometheus:assets, which needs apt-get, or let PROMETHEUS_BIN name a folder with prometheus and promtool.';
  }
  const assets = named(path.resolve(given));
  const missing = lacking(assets);
  return missing.length === 0
    ? assets
    : `PROMETHEUS_BIN names ${given}, but there is no ${missing.join(' and no ')}; PROMTOOL_BIN names promtool where it stands elsewhere.`;
}

function named(given: string): Assets {
  const isFolder = fs.existsSync(given) && fs.statSync(given).isDirectory();
  const found = isFolder
    ? assetsIn(given)
    : { ...assetsIn(path.dirname(given)), prometheus: given };
  const promtool = process.env.PROMTOOL_BIN;
  return promtool === undefined ? found : { ...found, promtool: path.resolve(promtool) };
}

const assetsIn = (folder: string): Assets => ({
  prometheus: path.join(folder, 'prometheus'),
  promtool: path.join(folder, 'promtool'),
});

const lacking = ({ prometheus, promtool }: Assets): readonly string[] =>
  [prometheus, promtool].filter((file) => !fs.existsSync(file));
