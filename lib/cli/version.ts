import * as fs from 'node:fs';
import * as path from 'node:path';

/** The version of this package. The compiled code lies one folder deeper than the source, so the way up is searched. */
export function packageVersion(folder: string = __dirname): string {
  const file = path.join(folder, 'package.json');
  if (!fs.existsSync(file)) return packageVersion(path.dirname(folder));
  return (JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly version: string }).version;
}
