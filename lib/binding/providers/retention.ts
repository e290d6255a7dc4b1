import type { DeletionPolicy, Metadata } from '../../foundation';
import { KEEP } from '../namespace';

/** Annotations that keep Argo CD and Flux from removing what data depend on; none where the data may go. */
export const retention = (policy: DeletionPolicy): Pick<Metadata, 'annotations'> =>
  policy === 'retain' ? { annotations: KEEP } : {};
