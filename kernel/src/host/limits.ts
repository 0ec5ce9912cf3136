import type { IRuntimeLimits } from './tokens';

/** 30 s, 1 GB of arrays, 256 MB of outputs, 10,000 printed lines. */
export const DEFAULT_LIMITS: IRuntimeLimits = {
  seconds: 30,
  memoryBytes: 2 ** 30,
  outputBytes: 256 * 2 ** 20,
  logLines: 10_000
};
