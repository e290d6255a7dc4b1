import { openTelemetry } from '../../../lib';
import { bound, untyped, web, type Cases } from './making';

const telemetry = (options: object): ReturnType<typeof bound> =>
  bound({}, {}, { telemetry: openTelemetry(untyped(options)) });

/** What can be wrong with telemetry, and with the limits of a scrape. */
export const casesOfTelemetry: Cases = {
  PortInvalid: [
    [
      telemetry({ port: 0 }),
      'PortInvalid at platform: defaults.telemetry.port is 0. Give a port from 1 to 65535.',
    ],
  ],
  PropInvalid: [
    [
      telemetry({ collector: 'http://collector:4318' }),
      "PropInvalid at platform: defaults.telemetry.collector is 'http://collector:4318'. Give the name of a Service such as 'otel-collector.observability'.",
    ],
    [
      telemetry({ protocol: 'http/json' }),
      "PropInvalid at platform: defaults.telemetry.protocol is 'http/json'. Give one of http/protobuf, grpc.",
    ],
    [
      telemetry({ propagators: 'b3' }),
      "PropInvalid at platform: defaults.telemetry.propagators is 'b3'. Give at least one propagator.",
    ],
    [
      telemetry({ sampleRatio: 10 }),
      'PropInvalid at platform: defaults.telemetry.sampleRatio is 10. Give a number from 0 to 1.',
    ],
    [
      bound({}, {}, { metricsLimits: { labelLimit: 0 } }),
      'PropInvalid at platform: defaults.metricsLimits.labelLimit is 0. Give a whole number from 1.',
    ],
    [
      web({ metrics: { sampleLimit: 1.5 } }),
      'PropInvalid at test/orders: metrics.sampleLimit is 1.5. Give a whole number from 1.',
    ],
  ],
};
