import type { Refusal } from '../../../backing-service';

/** What speaks another protocol is no answer to a contract. */
export const NO_BUCKET: Refusal = {
  found: 'a bucket speaks S3, and Azure Blob Storage, which azure() has, does not',
  fix: 'Name another provider for bucket in the environment, such as existing() with a store that speaks S3',
};
