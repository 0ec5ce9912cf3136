/** Which values may leave a skill, how large they are, and what may be moved, not copied. */

import { failure, type SkillFailure } from './failure';

/** Most that one call may return, in bytes of its values. */
export const MAX_OUTPUT_BYTES = 256 * 2 ** 20;
const MAX_DEPTH = 200;

/** Measures outputs and collects the buffers that can be transferred. */
interface ISurvey {
  bytes: number;
  readonly limit: number;
  readonly buffers: Set<ArrayBuffer>;
  readonly above: Set<object>;
}

/**
 * Checks that `outputs` are data: numbers, texts, booleans, null, lists, plain objects,
 * typed arrays. Returns the array buffers in them. Throws `bad-output` or
 * `output-too-large`, naming the place.
 */
export function surveyOutputs(
  outputs: Readonly<Record<string, unknown>>,
  limit = MAX_OUTPUT_BYTES
): readonly ArrayBuffer[] {
  const survey: ISurvey = { bytes: 0, limit, buffers: new Set(), above: new Set() };
  visit(outputs, '', survey);
  return [...survey.buffers];
}

function visit(value: unknown, path: string, survey: ISurvey): void {
  switch (typeof value) {
    case 'string':
      return add(value.length * 2, path, survey);
    case 'number':
    case 'bigint':
    case 'boolean':
    case 'undefined':
      return add(8, path, survey);
    case 'function':
    case 'symbol':
      throw notData(path, `a ${typeof value}`);
    case 'object':
      return value === null ? add(8, path, survey) : visitObject(value, path, survey);
  }
}

function visitObject(value: object, path: string, survey: ISurvey): void {
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  if (ArrayBuffer.isView(value) || tag === 'ArrayBuffer') {
    return visitBuffer(value as ArrayBufferView | ArrayBuffer, path, survey);
  }
  if (survey.above.has(value)) {
    throw notData(path, 'a reference to itself');
  }
  if (survey.above.size > MAX_DEPTH) {
    throw notData(path, `something nested deeper than ${MAX_DEPTH}`);
  }
  const list = Array.isArray(value);
  if (!list && !isPlain(value)) {
    throw notData(path, `an object of class ${className(value)}`);
  }
  survey.above.add(value);
  add(16, path, survey);
  if (list) {
    value.forEach((item, index) => visit(item, `${path}[${index}]`, survey));
  } else {
    for (const [key, item] of Object.entries(value)) {
      add(key.length * 2, path, survey);
      visit(item, path ? `${path}.${key}` : key, survey);
    }
  }
  survey.above.delete(value);
}

function visitBuffer(
  value: ArrayBufferView | ArrayBuffer,
  path: string,
  survey: ISurvey
): void {
  const buffer = ArrayBuffer.isView(value) ? value.buffer : value;
  if (!isUnshared(buffer)) {
    throw notData(path, 'shared memory');
  }
  if (!survey.buffers.has(buffer)) {
    add(buffer.byteLength, path, survey);
    survey.buffers.add(buffer);
  }
}

/** By name, not by class: the buffer may come from another realm. */
function isUnshared(buffer: ArrayBufferLike): buffer is ArrayBuffer {
  return Object.prototype.toString.call(buffer) === '[object ArrayBuffer]';
}

function add(bytes: number, path: string, survey: ISurvey): void {
  survey.bytes += bytes;
  if (survey.bytes > survey.limit) {
    const megabytes = Math.floor(survey.limit / 2 ** 20);
    throw failure(
      'output-too-large',
      `Output ${path.split(/[.[]/)[0] ?? ''}: the outputs are larger than ` +
        `${megabytes} MB, more than a call may return. Return a summary, or fewer points.`
    );
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function className(value: object): string {
  const { constructor } = value as { constructor?: { name?: unknown } };
  return typeof constructor?.name === 'string' ? constructor.name : 'unknown';
}

function notData(path: string, found: string): SkillFailure {
  const [name = ''] = path.split(/[.[]/);
  return failure(
    'bad-output',
    `Output ${name}: ${path} is ${found}, which cannot leave the skill. Return numbers, ` +
      `texts, lists, plain objects or typed arrays.`,
    { name: 'TypeError' }
  );
}
