import { MAX_LOG_LINES } from '../runtimes/console';
import { MAX_OUTPUT_BYTES } from '../runtimes/data';
import type { IRuntimeLimits } from './tokens';

/** 30 s, 1 GB of arrays, and what the runtimes take by themselves. */
export const DEFAULT_LIMITS: IRuntimeLimits = {
  seconds: 30,
  memoryBytes: 2 ** 30,
  outputBytes: MAX_OUTPUT_BYTES,
  logLines: MAX_LOG_LINES
};
