import { Construct } from 'constructs';
import { bucket, type BucketKey, type BucketProps } from '../backing-service';
import type { BackingService, ServiceReference, ServiceTarget } from '../foundation';
import { joinService } from './join-service';
import { inApplication } from './stand-in';

/**
 * A bucket that speaks the protocol of S3: `uses: [files]` gives S3_BUCKET and what the AWS SDKs read by themselves.
 * Its environment decides what provides it; the workloads that use it stay the same to the byte.
 */
export class Bucket extends Construct implements BackingService {
  public readonly backing: ServiceTarget;
  public readonly soft = false;
  public readonly variables: Readonly<Record<string, ServiceReference>>;
  public readonly bucket: ServiceReference;
  public readonly region: ServiceReference;
  /** Not there on AWS, whose SDKs know it. */
  public readonly endpoint: ServiceReference;
  readonly #key: (name: BucketKey) => ServiceReference;

  /**
   * @param scope - the application, or a construct inside it
   * @param id - the name of its objects: at most 40 small letters, digits and `-`, beginning with a letter
   */
  public constructor(scope: Construct, id: string, props: BucketProps) {
    super(...inApplication(scope, id));
    const { backing, variables, key } = joinService(bucket, this, id, props);
    this.backing = backing;
    this.variables = variables;
    this.#key = key;
    this.bucket = key('bucket');
    this.region = key('region');
    this.endpoint = key('endpoint');
  }

  /** A reference to any of its keys. */
  public key(name: BucketKey): ServiceReference {
    return this.#key(name);
  }
}
