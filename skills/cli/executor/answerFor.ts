import type { IPythonEntry } from '@llmos-lab/skills';
import type { OtherRuntimes } from './otherRuntimes';

/** What Python gets of a call; errors of skills are answers too: it raises them as its own. */
export async function answerFor(
  others: OtherRuntimes,
  entry: IPythonEntry,
  inputs: Readonly<Record<string, unknown>>
): Promise<unknown> {
  try {
    const { outputs, bundle, logs } = await others.run(entry, inputs);
    return { outputs, bundle, stdout: logs.map(line => `${line}\n`).join('') };
  } catch (reason) {
    return describe(reason);
  }
}

/** An error as an answer. */
export function describe(reason: unknown): unknown {
  if (!(reason instanceof Error)) {
    return { error: { name: 'Error', message: String(reason) } };
  }
  const { line, logs } = reason as Partial<Record<'line' | 'logs', unknown>>;
  return {
    error: {
      name: reason.name,
      message: reason.message,
      ...(typeof line === 'number' && { line })
    },
    ...(Array.isArray(logs) && { stdout: logs.map(text => `${text}\n`).join('') })
  };
}
