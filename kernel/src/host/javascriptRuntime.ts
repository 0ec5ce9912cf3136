/** JavaScript and Three.js skills: sandboxed, and only data passes out. */

import { SCENE_MIME } from '@llmos-lab/skills';
import { asksForFiles, folderBeside, NO_FILES } from '../runtimes/besideFiles';
import type { ReadFolder } from './filesBeside';
import type { Sandbox } from './sandbox';
import type { SandboxRuntime } from './sandboxTypes';
import type { IRuntime, IRuntimeCall, IRuntimeResult } from './tokens';

/** MIME types that each runtime may send; a skill could forge any other. */
const ALLOWED: Readonly<Record<SandboxRuntime, readonly string[]>> = {
  javascript: [],
  threejs: [SCENE_MIME, 'text/plain']
};

/** Runs the skills of one sandboxed type. */
export class SandboxedRuntime implements IRuntime {
  constructor(
    private readonly _sandbox: Sandbox,
    private readonly _runtime: SandboxRuntime,
    private readonly _readFolder: ReadFolder
  ) {}

  async execute({ entry, inputs, signal }: IRuntimeCall): Promise<IRuntimeResult> {
    const { skill, path } = entry;
    const files = asksForFiles(skill.type, skill.code)
      ? await this._readFolder(folderBeside(path))
      : NO_FILES;
    const { outputs, bundle, logs } = await this._sandbox.run({
      runtime: this._runtime,
      version: entry.version,
      skill,
      inputs,
      files,
      signal
    });
    const kept = ALLOWED[this._runtime]
      .map(type => [type, bundle[type]] as const)
      .filter(([type, data]) =>
        type === 'text/plain' ? typeof data === 'string' : typeof data === 'object'
      );
    return { outputs, bundle: Object.fromEntries(kept), logs };
  }
}
