/** JavaScript skills in QuickJS, an engine in WebAssembly that has nothing but the language. */
import variant from '@jitl/quickjs-singlefile-mjs-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  type QuickJSContext,
  type QuickJSWASMModule
} from 'quickjs-emscripten-core';
import { decodeWire, encodeWire } from '../../../kernel/src/runtimes/engine/wire';
import type {
  EngineAnswer,
  IEngineCall
} from '../../../kernel/src/runtimes/engine/serve';
import { failure, SkillFailure } from '../../../kernel/src/runtimes/failure';
import type { IOutcome } from '../../../kernel/src/runtimes/outcome';

/** Bytes that one call may hold in the engine. */
const MEMORY = 2 ** 30;
const STACK = 2 ** 20;
/** Timers that one call may use up, so that an interval does not run for ever. */
const MOST_TICKS = 1_000_000;

let loading: Promise<QuickJSWASMModule> | undefined;

/**
 * Runs a call in an engine of its own, which nothing else has seen or will see.
 *
 * @param script what offers `llmosEngine`, see `kernel/src/runtimes/engine`
 * @throws SkillFailure
 */
export async function runInEngine(
  script: string,
  call: IEngineCall
): Promise<IOutcome> {
  loading ??= newQuickJSWASMModuleFromVariant(variant);
  const runtime = (await loading).newRuntime({
    memoryLimitBytes: MEMORY,
    maxStackSizeBytes: STACK
  });
  const context = runtime.newContext();
  try {
    evaluate(context, script, 'engine.js');
    context.newString(encodeWire(call)).consume(text => {
      context.setProp(context.global, 'llmosCall', text);
    });
    evaluate(context, 'llmosEngine.begin(llmosCall)');
    for (let ticks = 0; ticks < MOST_TICKS; ticks += 1) {
      runtime.executePendingJobs().dispose();
      const answer = evaluate(context, 'llmosEngine.answer()');
      if (typeof answer === 'string') {
        return outcomeOf(decodeWire(answer) as EngineAnswer);
      }
      if (evaluate(context, 'llmosEngine.tick()') !== true) {
        break;
      }
    }
    throw failure(
      'skill-error',
      'The skill waits for something that never comes. It can await its own promises and timers.'
    );
  } finally {
    context.dispose();
    runtime.dispose();
  }
}

function evaluate(context: QuickJSContext, code: string, name = 'host.js'): unknown {
  const result = context.evalCode(code, name);
  if (result.error) {
    const error = result.error.consume(handle => context.dump(handle) as unknown);
    const { name: kind, message } = (error ?? {}) as Record<string, unknown>;
    const isMemory = String(message).includes('out of memory');
    throw failure(
      isMemory ? 'out-of-memory' : 'skill-error',
      isMemory
        ? 'The skill asked for more memory than a call may hold.'
        : String(message),
      { name: isMemory ? 'MemoryError' : typeof kind === 'string' ? kind : 'Error' }
    );
  }
  return result.value.consume(handle => context.dump(handle) as unknown);
}

function outcomeOf(answer: EngineAnswer): IOutcome {
  if ('failure' in answer) {
    throw new SkillFailure(answer.failure);
  }
  return answer.outcome;
}
