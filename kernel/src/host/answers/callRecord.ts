import {
  isRecord,
  readSummary,
  type ITracedValue,
  type JsonValue
} from '@llmos-lab/skills';
import type { ICallRecord } from '../tokens';

const STATUSES = ['success', 'failed', 'cancelled'] as const;

/**
 * The record of a call as `llmos` tells it in JSON; undefined for anything else, since a
 * notebook's own code can send what it likes.
 *
 * @param parent `msg_id` of the execute request in which the call was made
 */
export function readRecord(parent: unknown, text: unknown): ICallRecord | undefined {
  const value = typeof text === 'string' ? parsed(text) : undefined;
  if (typeof parent !== 'string' || !isRecord(value)) {
    return undefined;
  }
  const { skill, version, key, ms, cached } = value;
  const status = STATUSES.find(known => known === value.status);
  const inputs = readValues(value.inputs);
  const outputs = readValues(value.outputs);
  const error = readError(value.error);
  if (
    typeof skill !== 'string' ||
    typeof version !== 'string' ||
    (key !== null && typeof key !== 'string') ||
    typeof ms !== 'number' ||
    typeof cached !== 'boolean' ||
    !status ||
    !inputs ||
    !outputs ||
    error === null
  ) {
    return undefined;
  }
  const call = { parent, skill, version, key, status, ms, cached, inputs, outputs };
  return { ...call, ...(error && { error }) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Not what `llmos` sends.
  }
}

function readValues(value: unknown): Record<string, ITracedValue> | undefined {
  const read = Object.entries(isRecord(value) ? value : {}).map(
    ([name, traced]) => [name, readValue(traced)] as const
  );
  const whole = read.filter(
    (pair): pair is readonly [string, ITracedValue] => pair[1] !== undefined
  );
  return isRecord(value) && whole.length === read.length
    ? Object.fromEntries(whole)
    : undefined;
}

function readValue(traced: unknown): ITracedValue | undefined {
  if (!isRecord(traced) || typeof traced.type !== 'string') {
    return undefined;
  }
  const { type, value, hash, length, shape } = traced;
  const summary = readSummary(traced.summary);
  const fits =
    (hash === undefined || typeof hash === 'string') &&
    (length === undefined || typeof length === 'number') &&
    (shape === undefined || isNumbers(shape));
  return fits
    ? {
        type,
        // Parsed from JSON, so it is JSON.
        ...(value !== undefined && { value: value as JsonValue }),
        ...(hash !== undefined && { hash }),
        ...(length !== undefined && { length }),
        ...(shape !== undefined && { shape }),
        ...(summary !== undefined && { summary })
      }
    : undefined;
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every(item => typeof item === 'number');
}

/** Undefined without an error, null for what is none. */
function readError(value: unknown): ICallRecord['error'] | null {
  if (value === undefined) {
    return undefined;
  }
  return isRecord(value) &&
    typeof value.name === 'string' &&
    typeof value.message === 'string'
    ? { name: value.name, message: value.message }
    : null;
}
