/** The bucket boundaries of Envoy's histograms in milliseconds, which Istio and Envoy Gateway leave as they are. */
export const ENVOY_BOUNDARIES = [
  0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000, 600_000,
  1_800_000, 3_600_000,
];
