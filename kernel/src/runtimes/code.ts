/** Makes a function of a JavaScript skill's code, and finds the file's line of an error. */

import { parse } from 'acorn';
import { failure } from './failure';

/** Name under which skill code stands in stack traces. */
const SOURCE = 'llmos-skill.js';

type SkillFunction = (...values: readonly unknown[]) => Promise<unknown>;
type FunctionMaker = new (...texts: string[]) => SkillFunction;

/** The maker of async functions, which has no global name. */
const AsyncFunction = (
  Object.getPrototypeOf(async () => {
    await Promise.resolve();
  }) as { readonly constructor: FunctionMaker }
).constructor;

/** Lines that stand before the code in `wrap`. */
const LINES_BEFORE = 1;

/**
 * All shapes of code in one: a function `execute` is called with the inputs; a body with
 * `return` returns by itself; code that does neither gives `undefined`. The inner
 * function lets the code declare names that are in scope already, such as `scene`.
 */
function wrap(code: string, names: readonly string[]): string {
  return (
    `"use strict"; return (async () => {\n${code}\n` +
    `;return typeof execute === "function" ? execute(inputs, {${names.join(', ')}}) : undefined;\n` +
    `})(); //# sourceURL=${SOURCE}`
  );
}

/** Skills written as modules: `export default function execute` and the like. */
function withoutExports(code: string): string {
  return code
    .replace(/^(\s*)export\s+default\s+(?=(async\s+)?function\b|class\b)/gm, '$1')
    .replace(/^(\s*)export\s+default\s+(?=\w+\s*;?\s*$)/gm, '$1void ')
    .replace(/^(\s*)export\s+(?=(async\s+)?function\b|const\b|let\b|class\b)/gm, '$1')
    .replace(/^(\s*)export\s*\{[^}]*\}\s*;?/gm, '$1')
    .replace(/^(\s*)module\.exports\s*=\s*\{\s*execute\s*\};?/gm, '$1');
}

/**
 * The skill as a function of `scope`'s values. A syntax error names the line of the file.
 */
export function compileSkill(
  code: string,
  codeLine: number,
  scope: Readonly<Record<string, unknown>>
): () => Promise<unknown> {
  const plain = withoutExports(code);
  const names = Object.keys(scope);
  let made: SkillFunction;
  try {
    made = new AsyncFunction(...names, wrap(plain, names));
  } catch (error) {
    throw syntaxFailure(plain, codeLine, error);
  }
  return () => made(...Object.values(scope));
}

function syntaxFailure(code: string, codeLine: number, error: unknown): Error {
  const options = {
    ecmaVersion: 'latest',
    allowReturnOutsideFunction: true,
    allowAwaitOutsideFunction: true
  } as const;
  try {
    parse(`'use strict';${code}`, options);
  } catch (found) {
    const { loc, message } = found as { loc?: { line: number }; message: string };
    const line = codeLine + (loc?.line ?? 1) - 1;
    const excerpt = code.split('\n')[(loc?.line ?? 1) - 1]?.trim() ?? '';
    const said = message.replace(/\s*\(\d+:\d+\)$/, '');
    return failure('skill-error', `${said} (line ${line}: ${excerpt})`, {
      name: 'SyntaxError',
      line,
      excerpt
    });
  }
  const message = error instanceof Error ? error.message : String(error);
  return failure('skill-error', message, { name: 'SyntaxError', line: codeLine });
}

/** Lines by which this engine counts a made function's body too far. */
let headerLines: number | undefined;

function stackLine(error: unknown): number | undefined {
  const { stack } = (error ?? {}) as { stack?: unknown };
  const found =
    typeof stack === 'string' ? /(?:llmos-skill\.js|<input>):(\d+)/.exec(stack) : null;
  return found ? Number(found[1]) : undefined;
}

async function measureHeader(): Promise<number> {
  try {
    await new AsyncFunction(wrap('throw new Error();', []))();
  } catch (error) {
    return (stackLine(error) ?? LINES_BEFORE + 1) - 1;
  }
  return LINES_BEFORE;
}

/** Line of the skill's file from which `error` was thrown; undefined when it tells none. */
export async function lineOf(
  error: unknown,
  codeLine: number
): Promise<number | undefined> {
  const line = stackLine(error);
  if (line === undefined) {
    return undefined;
  }
  headerLines ??= await measureHeader();
  return codeLine + line - headerLines - 1;
}
