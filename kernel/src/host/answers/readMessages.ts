/**
 * Reads what Python has sent. Code of notebooks runs there and can send what it likes,
 * so each reader builds a new object of the fields that it knows, or gives undefined.
 */

import { SKILL_TYPES, isRecord } from '@llmos-lab/skills';
import type { IPacked, IStagedCall } from '../tokens';
import type { FromPython, ISkillRequest } from './messages';

type Message<T extends FromPython['type']> = Extract<FromPython, { readonly type: T }>;

/** Key and result of a call; always of Python's kind, whatever the message says. */
export function readPut(
  message: Message<'put'>
): { readonly key: string; readonly result: IPacked } | undefined {
  const { key, result } = message as {
    readonly key: unknown;
    readonly result: unknown;
  };
  const packed = isRecord(result) ? readPack(result) : undefined;
  return typeof key === 'string' && packed ? { key, result: packed } : undefined;
}

/** A call for the pool, without its owner. */
export function readStage(
  message: Message<'stage'>
): Omit<IStagedCall, 'owner'> | undefined {
  const request: unknown = message.request;
  if (!isRecord(request)) {
    return undefined;
  }
  const { key, skill, version, inputs = {} } = request;
  const type = SKILL_TYPES.find(known => known === request.type);
  if (
    typeof key !== 'string' ||
    typeof skill !== 'string' ||
    typeof version !== 'string' ||
    !type
  ) {
    return undefined;
  }
  const call = { key, skill, version, type };
  if (request.text !== undefined) {
    const packed = readPack({ buffers: [], ...request });
    return packed && { ...call, inputs: { form: 'packed', packed } };
  }
  return isRecord(inputs)
    ? { ...call, inputs: { form: 'plain', values: inputs } }
    : undefined;
}

/** A call of a skill that is not Python. */
export function readCall(message: Message<'call'>): ISkillRequest | undefined {
  const request: unknown = message.request;
  if (!isRecord(request)) {
    return undefined;
  }
  const { id, version, inputs, key } = request;
  return typeof id === 'string' && typeof version === 'string' && isRecord(inputs)
    ? { id, version, inputs, ...(typeof key === 'string' && { key }) }
    : undefined;
}

function readPack({
  text,
  buffers
}: {
  readonly [name: string]: unknown;
}): IPacked | undefined {
  return typeof text === 'string' &&
    Array.isArray(buffers) &&
    buffers.every((buffer): buffer is ArrayBuffer => isBuffer(buffer))
    ? { kind: 'python', text, buffers: [...buffers] }
    : undefined;
}

/** By name, not by class: it may come from another realm. */
function isBuffer(value: unknown): boolean {
  return Object.prototype.toString.call(value) === '[object ArrayBuffer]';
}
