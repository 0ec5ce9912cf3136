import type { ICallRecord } from '@llmos-lab/kernel';
import { isRecord } from '@llmos-lab/skills';

const STATUSES: readonly unknown[] = ['success', 'failed', 'cancelled'];

/**
 * The record of a call as `llmos` tells it in JSON; undefined for anything else, since a
 * notebook's own code can send what it likes.
 *
 * @param parent `msg_id` of the execute request in which the call was made
 */
export function readRecord(parent: string, text: string): ICallRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const valid =
    isRecord(value) &&
    typeof value.skill === 'string' &&
    typeof value.version === 'string' &&
    (value.key === null || typeof value.key === 'string') &&
    STATUSES.includes(value.status) &&
    typeof value.ms === 'number' &&
    typeof value.cached === 'boolean' &&
    isRecord(value.inputs) &&
    isRecord(value.outputs);
  return valid ? { ...(value as Omit<ICallRecord, 'parent'>), parent } : undefined;
}
