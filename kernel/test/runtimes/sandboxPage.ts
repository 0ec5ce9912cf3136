/**
 * A page with nothing but the runtimes in it, for browser tests: `window.skills.run` runs
 * one skill and reports how it ended. Bundled by ui-tests/tests/sandbox.spec.ts.
 */
import { decodeBase64, type IExecutableSkill, type SkillType } from '@llmos-lab/skills';
import type { ReadFolder } from '../../src/host/filesBeside';
import { SandboxedRuntime } from '../../src/host/javascriptRuntime';
import { NgspiceRuntime } from '../../src/host/ngspiceRuntime';
import { Sandbox } from '../../src/host/sandbox';
import type { IRuntime } from '../../src/host/tokens';
import type { SkillFiles } from '../../src/runtimes/besideFiles';
import { SkillFailure } from '../../src/runtimes/failure';

/** A call as a test asks for it. */
export interface IPageCall {
  readonly type?: SkillType;
  readonly id?: string;
  readonly code: string;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: readonly string[];
  readonly seconds?: number;
  readonly memoryBytes?: number;
  readonly outputBytes?: number;
  /** Milliseconds after which the person stops it. */
  readonly stopAfter?: number;
}

/** How it ended. `ticks` counts turns of the page's own timer meanwhile. */
export interface IPageReport {
  readonly outputs?: Record<string, unknown>;
  readonly mimeTypes?: readonly string[];
  readonly logs: readonly string[];
  readonly code?: string;
  readonly message?: string;
  readonly line?: number;
  readonly ticks: number;
  readonly ms: number;
  readonly longestPause: number;
}

const url = new URL('sandbox/', document.baseURI).href;
const sandbox = new Sandbox(url);
const files: Record<string, string> = {
  'system:skills/page-skill/parts.lib': '.model dm d(is=1e-14)'
};
const ngspice = new NgspiceRuntime(url, path => Promise.resolve(files[path] ?? null));
/** One red pixel. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';
const folders: Readonly<Record<string, SkillFiles>> = {
  'system:skills/page-skill': { 'red.png': decodeBase64(PIXEL) }
};
const readFolder: ReadFolder = folder => Promise.resolve(folders[folder] ?? {});
const runtimes: Partial<Record<SkillType, IRuntime>> = {
  javascript: new SandboxedRuntime(sandbox, 'javascript', readFolder),
  threejs: new SandboxedRuntime(sandbox, 'threejs', readFolder),
  ngspice
};

function entryOf(call: IPageCall): Parameters<IRuntime['execute']>[0]['entry'] {
  const id = call.id ?? 'page-skill';
  const ports = (names: readonly string[]): IExecutableSkill['inputs'] =>
    names.map(name => ({ name, type: 'any' }));
  return {
    skill: {
      kind: 'executable',
      id,
      name: id,
      description: '',
      category: '',
      keywords: [],
      aliases: [],
      body: '',
      type: call.type ?? 'javascript',
      mode: 'browser-wasm',
      pure: true,
      inputs: ports(Object.keys(call.inputs ?? {})),
      outputs: ports(call.outputs ?? ['value']),
      code: call.code,
      codeLine: 1
    },
    volume: 'system',
    path: `system:skills/${id}.md`,
    text: call.code,
    version: `sha256:${call.code.length}-${call.code.slice(0, 40)}`,
    shadows: []
  };
}

async function run(call: IPageCall): Promise<IPageReport> {
  const runtime = runtimes[call.type ?? 'javascript'] as IRuntime;
  sandbox.limits = {
    seconds: call.seconds ?? 30,
    memoryBytes: call.memoryBytes ?? 2 ** 30,
    outputBytes: call.outputBytes ?? 256 * 2 ** 20,
    logLines: 10_000
  };
  ngspice.seconds = call.seconds ?? 30;
  const abort = new AbortController();
  if (call.stopAfter !== undefined) {
    setTimeout(() => abort.abort(), call.stopAfter);
  }
  const start = performance.now();
  let ticks = 0;
  let last = start;
  let longestPause = 0;
  const timer = setInterval(() => {
    ticks += 1;
    longestPause = Math.max(longestPause, performance.now() - last);
    last = performance.now();
  }, 5);
  const state = (): Pick<IPageReport, 'ticks' | 'ms' | 'longestPause'> => ({
    ticks,
    ms: performance.now() - start,
    longestPause
  });
  try {
    const { outputs, bundle, logs } = await runtime.execute({
      entry: entryOf(call),
      inputs: call.inputs ?? {},
      signal: abort.signal
    });
    return { outputs, mimeTypes: Object.keys(bundle), logs, ...state() };
  } catch (error) {
    const { code, line, logs } =
      error instanceof SkillFailure ? error.failure : { logs: [] };
    const message = error instanceof Error ? error.message : String(error);
    return { code, line, message, logs, ...state() };
  } finally {
    clearInterval(timer);
  }
}

Object.assign(window, { skills: { run } });
