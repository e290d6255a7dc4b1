export { PrometheusClient, type AskOptions, type Range } from './client';
export type { Authorization, PrometheusOptions, RetryOptions, TlsOptions } from './options';
export { PrometheusError, type Fault } from './error';
export type { Point, Series } from './answer';
export { label, oneOf, selector, tryMatchers, type Matcher } from './selector';
