import type { AvailabilitySignal } from '../../../foundation';
import type { AwsProps } from './account';

/**
 * A series of CloudWatch that is there while the service sends its metrics, named as yet-another-cloudwatch-exporter does.
 * @see https://github.com/prometheus-community/yet-another-cloudwatch-exporter
 */
export const cloudWatch = (
  { region }: AwsProps,
  metric: string,
  dimension: string,
  value: string,
): AvailabilitySignal => ({
  exporter: 'yet-another-cloudwatch-exporter',
  metric,
  labels: { [`dimension_${dimension}`]: value, region },
  means: 'present',
});
