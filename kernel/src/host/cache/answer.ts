import { isRecord } from '@llmos-lab/skills';
import type { IPacked, IRuntimeResult } from '../tokens';
import { pack, unpack } from './pack';

/** The answer of a runtime other than Python, as the cache keeps it. */
export function packAnswer({ outputs, bundle, logs }: IRuntimeResult): IPacked {
  return pack({ outputs, bundle, logs });
}

/**
 * The answer that {@link packAnswer} took.
 *
 * @throws Error for anything else, such as an entry that Python has made.
 */
export function unpackAnswer(packed: IPacked): IRuntimeResult {
  const value = packed.kind === 'data' ? unpack(packed) : undefined;
  if (!isRecord(value) || !isRecord(value.outputs) || !isRecord(value.bundle)) {
    throw new Error('A cached result is not of the form that its runtime gives.');
  }
  const logs = Array.isArray(value.logs) ? value.logs.map(String) : [];
  return { outputs: value.outputs, bundle: value.bundle, logs };
}
