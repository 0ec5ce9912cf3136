/** Runs a JavaScript skill in the thread it is called in; isolation is the caller's. */

import { NO_FILES, type SkillFiles } from './besideFiles';
import { compileSkill, lineOf } from './code';
import { LogLines, makeConsole } from './console';
import { surveyOutputs } from './data';
import { SkillFailure, failure, failureOf } from './failure';
import type { SkillCode } from './netlist';
import type { IOutcome } from './outcome';

/** Bounds and listeners of a call. */
export interface IRunOptions {
  readonly maxOutputBytes?: number | undefined;
  readonly maxLogLines?: number | undefined;
  /** Hears each printed line at once. */
  readonly onLog?: ((line: string) => void) | undefined;
  /** The files beside the skill, in its scope as `files`. */
  readonly files?: SkillFiles | undefined;
}

/** Runs `execute(inputs)`; rejects with a `SkillFailure` that carries line and logs. */
export async function runJavaScript(
  skill: SkillCode,
  inputs: Readonly<Record<string, unknown>>,
  options: IRunOptions = {}
): Promise<IOutcome> {
  const logs = new LogLines(options.onLog, options.maxLogLines);
  const { files = NO_FILES } = options;
  const scope = { inputs, files, console: makeConsole(logs) };
  const outputs = await guarded(skill, logs, async () => {
    const value = await compileSkill(skill.code, skill.codeLine, scope)();
    const named = namedOutputs(skill, value);
    surveyOutputs(named, options.maxOutputBytes);
    return named;
  });
  return { outputs, bundle: {}, logs: logs.lines };
}

/** Runs `work`; whatever it throws becomes a `SkillFailure` with its line and the logs. */
export async function guarded<T>(
  skill: SkillCode,
  logs: LogLines,
  work: () => Promise<T>
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const line = await lineOf(error, skill.codeLine);
    const found = failureOf(error, logs.lines, line);
    throw new SkillFailure(withPlace(found, skill));
  }
}

function withPlace(
  found: ReturnType<typeof failureOf>,
  skill: SkillCode
): ReturnType<typeof failureOf> {
  if (found.code !== 'skill-error' || found.line === undefined || found.excerpt) {
    return found;
  }
  const excerpt = skill.code.split('\n')[found.line - skill.codeLine]?.trim() ?? '';
  return {
    ...found,
    excerpt,
    message: `${found.message} (line ${found.line}: ${excerpt})`
  };
}

/** What the skill returned as outputs by name; all that it declares must be there. */
export function namedOutputs(
  skill: SkillCode,
  value: unknown
): Readonly<Record<string, unknown>> {
  const wanted = skill.outputs.map(port => port.name);
  const list = wanted.join(', ');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const given =
      value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value;
    throw failure(
      'bad-output',
      `execute(inputs) must return one object with the outputs ${list}; it returned ` +
        `${given === 'undefined' ? 'nothing' : given}.`,
      { name: 'TypeError' }
    );
  }
  const outputs = value as Readonly<Record<string, unknown>>;
  const missing = wanted.filter(name => outputs[name] === undefined);
  if (missing.length > 0) {
    const given = Object.keys(outputs).join(', ') || 'none';
    throw failure(
      'bad-output',
      `Output ${missing.join(', ')} is missing from what execute returned (given: ${given}).`,
      { name: 'KeyError' }
    );
  }
  return outputs;
}
