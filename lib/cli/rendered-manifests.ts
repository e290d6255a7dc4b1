import { readManifests } from '../guardrail';
import { UsageError } from './exit-code';
import type { OutputFiles } from './output-files';

/** The `spec` of each object of a kind in the files of a folder. @throws UsageError when a file cannot be read */
export const specsIn = (files: OutputFiles, folder: string, kind: string): readonly unknown[] =>
  files
    .list(folder)
    .filter((file) => file.endsWith('.k8s.yaml'))
    .flatMap((file) => {
      const text = files.read(file);
      // Most files have none, and to read them takes a while.
      if (!text.includes(`kind: ${kind}`)) return [];
      const { objects, problems } = readManifests(Buffer.from(text), files.nameOf(file));
      const [problem] = problems;
      if (problem) {
        throw new UsageError(`${files.nameOf(file)} cannot be read: ${problem.found}.`);
      }
      return objects
        .filter(({ manifest }) => manifest.kind === kind)
        .map(({ manifest }) => manifest.spec);
    });
