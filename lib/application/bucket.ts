import type { Construct } from 'constructs';
import { bucket, type BucketKey, type BucketProps } from '../backing-service';
import { ServiceConstruct } from './service-construct';

/**
 * A bucket that speaks the protocol of S3: `uses: [files]` gives S3_BUCKET and what the AWS SDKs read by themselves.
 * Its environment decides what provides it; the workloads that use it stay the same to the byte.
 */
export class Bucket extends ServiceConstruct<BucketKey> {
  public readonly bucket = this.key('bucket');
  public readonly region = this.key('region');
  /** Not there on AWS, whose SDKs know it. */
  public readonly endpoint = this.key('endpoint');

  /**
   * @param scope - the application, or a construct inside it
   * @param id - the name of its objects: at most 40 small letters, digits and `-`, beginning with a letter
   */
  public constructor(scope: Construct, id: string, props: BucketProps) {
    super(bucket, scope, id, props);
  }
}
