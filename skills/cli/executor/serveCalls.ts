/** Calls of skills that are not Python, one after another: a line in, a line out. */
import { createInterface } from 'node:readline';
import { isRecord, reasonOf, type IPythonEntry } from '@llmos-lab/skills';
import type { SkillFiles } from '../../../kernel/src/runtimes/besideFiles';
import { decodeWire, encodeWire } from '../../../kernel/src/runtimes/engine/wire';
import { answerFor } from './answerFor';
import { OtherRuntimes } from './otherRuntimes';

/**
 * Answers until standard input ends. A line is `{ id, entry, inputs, files }` in the form of
 * `encodeWire`; it is answered by `{ id, answer }`, of which the answer is
 * `{ outputs, bundle, stdout }`, or `{ error, stdout? }`. Engines may print lines between.
 *
 * @param runtime folder of a built site, which ngspice is taken from
 */
export async function serveCalls(runtime: string): Promise<void> {
  let files: SkillFiles = {};
  const others = new OtherRuntimes(runtime, () => Promise.resolve(files));
  for await (const line of createInterface({ input: process.stdin })) {
    const call = readCall(line);
    files = call.files;
    const answer = await answerFor(others, call.entry, call.inputs);
    process.stdout.write(`${writeAnswer(call.id, answer)}\n`);
  }
}

interface ICall {
  readonly id: unknown;
  readonly entry: IPythonEntry;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly files: SkillFiles;
}

function readCall(line: string): ICall {
  const call = decodeWire(line);
  if (!isRecord(call) || !isRecord(call['entry']) || !isRecord(call['inputs'])) {
    throw new Error('A line is { id, entry, inputs, files }.');
  }
  return {
    id: call['id'],
    entry: call['entry'] as unknown as IPythonEntry,
    inputs: call['inputs'],
    files: (isRecord(call['files']) ? call['files'] : {}) as SkillFiles
  };
}

/** Outputs that are no data are the skill's fault, and told as such. */
function writeAnswer(id: unknown, answer: unknown): string {
  try {
    return encodeWire({ id, answer });
  } catch (reason) {
    const message = reasonOf(reason);
    return encodeWire({ id, answer: { error: { name: 'TypeError', message } } });
  }
}
