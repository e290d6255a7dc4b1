import { celList } from '../cel';
import { podKinds } from '../kinds';
import { celRule } from '../rule';

/** A volume that has a name and nothing else is an emptyDir to the API server, and allowed. */
const ALLOWED = celList([
  'name',
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);
const volumes = 'variables.podSpec.?volumes.orValue([])';
const types = `v.filter(k, !(k in ${ALLOWED}))`;

export const restrictedVolumeTypes = celRule({
  id: 'restricted-volume-types',
  severity: 'error',
  pack: 'restricted',
  kinds: podKinds,
  expression: `${volumes}.all(v, ${types}.size() == 0)`,
  message: `'volumes of other types: ' + ${volumes}.filter(v, ${types}.size() > 0).map(v, v.?name.orValue('?') + ' (' + ${types}.join(', ') + ')').join(', ')`,
  why: 'Storage mounted by a driver of the node itself has neither quota nor class, and its credentials stand in the pod.',
  fix: 'Use scratch for temporary files and files for secrets; in a plain manifest, a persistentVolumeClaim',
  references: { podSecurity: 'restricted: Volume Types' },
  equivalents: { trivy: ['KSV-0028', 'KSV-0121'] },
});
