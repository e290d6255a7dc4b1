import { createHash } from 'node:crypto';
import type { PhaseOne } from '../application';
import type { PhaseTwo } from '../binding';
import {
  type ApplicationModel,
  type WaiverModel,
  type Manifest,
  type ObjectModel,
  type Problem,
} from '../foundation';
import type { GuardrailReport } from '../guardrail';
import { applicationRunbooks } from '../incident';
import { RUNBOOKS, TESTS } from './check-platform';
import { fileName, kustomizations } from './kustomization';

/** What a synthesis made: nothing is written yet. */
export interface Rendering {
  /** Text by path below the output folder, with `/` between the parts. */
  readonly files: ReadonlyMap<string, string>;
  /** The objects by the path of their file. */
  readonly manifests: ReadonlyMap<string, readonly Manifest[]>;
  readonly models: readonly ApplicationModel[];
  /** What the guardrails found, waived or not. What is not waived is among the problems too, unless it is only advice. */
  readonly guardrails: GuardrailReport;
  /** Errors and warnings; with an error the files are incomplete. */
  readonly problems: readonly Problem[];
}

/** One application with all its environments. */
export interface RenderedApplication {
  readonly phaseOne: PhaseOne;
  readonly phaseTwo: readonly PhaseTwo[];
}

/** Where the files of a rendering are collected. */
export interface RenderedFiles {
  readonly files: Map<string, string>;
  readonly manifests: Map<string, readonly Manifest[]>;
}

/** One application with its files as text, and its model as far as the guardrails need it. */
export interface JoinedApplication extends RenderedApplication {
  readonly texts: ReadonlyMap<string, string>;
  readonly model: ApplicationModel;
}

/** Joins the phases of one application. Each phase-1 file is rendered once, and its text used in every environment. */
export function joinPhases({ phaseOne, phaseTwo }: RenderedApplication): JoinedApplication {
  const texts = new Map(
    phaseOne.files.map((file) => [file.name, file.objects.map(({ yaml }) => yaml).join('---\n')]),
  );
  return { phaseOne, phaseTwo, texts, model: applicationModel(phaseOne, phaseTwo, texts) };
}

/** The files and the model of one application. */
export function renderFiles(
  { phaseOne, phaseTwo, texts, model }: JoinedApplication,
  waivers: readonly WaiverModel[],
  { files, manifests: objects }: RenderedFiles,
): ApplicationModel {
  for (const { bound, environmentFiles, files: standing } of phaseTwo) {
    const folder = `${bound.environment.name}/${phaseOne.application}`;
    for (const { name, manifests, yaml } of environmentFiles) {
      const path = `${folder}/${fileName({ name })}`;
      files.set(path, yaml);
      objects.set(path, manifests);
    }
    for (const file of standing) {
      const path = `${folder}/${fileName(file)}`;
      files.set(path, texts.get(file.name) ?? '');
      objects.set(
        path,
        file.objects.map(({ manifest }) => manifest),
      );
    }
    for (const [path, text] of kustomizations(bound.namespace, [
      ...environmentFiles,
      ...standing,
    ])) {
      files.set(`${folder}/${path}`, text);
    }
  }
  const tests = [...phaseOne.ruleTests, ...phaseTwo.flatMap(({ ruleTests }) => ruleTests)];
  for (const { name, text } of tests) {
    files.set(`${TESTS}/${phaseOne.application}/${name}`, text);
  }
  for (const [name, text] of runbooksOf({ phaseOne, phaseTwo, model })) {
    files.set(`${RUNBOOKS}/${phaseOne.application}/${name}`, text);
  }
  const whole = { ...model, waivers };
  files.set(`model/${phaseOne.application}.json`, `${JSON.stringify(whole, null, 2)}\n`);
  return whole;
}

const runbooksOf = ({
  phaseOne: { files, notes, runbooks, links },
  phaseTwo,
  model,
}: Omit<JoinedApplication, 'texts'>): ReadonlyMap<string, string> =>
  applicationRunbooks({
    ...{ model, notes, runbooks, links },
    manifests: files.flatMap(({ objects }) => objects.map(({ manifest }) => manifest)),
    bound: Object.fromEntries(
      phaseTwo.map(({ bound, manifests }) => [bound.environment.name, manifests]),
    ),
  });

function applicationModel(
  phaseOne: PhaseOne,
  phaseTwo: readonly PhaseTwo[],
  texts: ReadonlyMap<string, string>,
): ApplicationModel {
  const digests = [...texts].map(([name, text]) => [name, sha256(text)]);
  return {
    application: phaseOne.application,
    owner: phaseOne.owner,
    ...(phaseOne.sizingLock !== undefined && { sizingLock: phaseOne.sizingLock }),
    digests: Object.fromEntries(digests) as Record<string, string>,
    workloads: phaseOne.workloads,
    services: phaseOne.services,
    edges: phaseOne.edges,
    objects: phaseOne.files.flatMap((file) =>
      file.objects.map(({ manifest, path, patches }): ObjectModel => ({
        kind: manifest.kind,
        name: manifest.metadata.name,
        file: fileName(file),
        path,
        ...(patches > 0 && { patches }),
      })),
    ),
    waivers: [],
    environments: phaseTwo.map(({ model }) => model),
    ...(phaseOne.runbooks.appliedBy === 'kubectl' && { appliedBy: 'kubectl' }),
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
