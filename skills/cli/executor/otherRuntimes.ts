/** Skills that are not Python, inside the process that runs skills. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { IPythonEntry, SkillType } from '@llmos-lab/skills';
import javascriptEngine from 'engine:javascript';
import threejsEngine from 'engine:threejs';
import {
  asksForFiles,
  type SkillFiles
} from '../../../kernel/src/runtimes/besideFiles';
import { MAX_OUTPUT_BYTES } from '../../../kernel/src/runtimes/data';
import type { SkillCode } from '../../../kernel/src/runtimes/netlist';
import { runNgspice } from '../../../kernel/src/runtimes/ngspice';
import {
  NgspiceEngine,
  type ISimulation
} from '../../../kernel/src/runtimes/ngspiceEngine';
import type { IOutcome } from '../../../kernel/src/runtimes/outcome';
import { runInEngine } from './bareEngine';
import { NGSPICE_FILE } from './ngspiceFile';

type Inputs = Readonly<Record<string, unknown>>;

/** Runs JavaScript, Three.js and ngspice skills. */
export class OtherRuntimes {
  /** @param files gives the files beside the skill with a path */
  constructor(
    runtime: string,
    private readonly _files: (path: string) => Promise<SkillFiles>
  ) {
    const url = pathToFileURL(join(runtime, NGSPICE_FILE)).href;
    this._ngspice = new NgspiceEngine(async () => {
      const module = (await import(url)) as {
        readonly Simulation: new () => ISimulation;
      };
      return new module.Simulation();
    });
  }

  /** @throws SkillFailure, or Error where there is no runtime of that type */
  async run(entry: IPythonEntry, inputs: Inputs): Promise<IOutcome> {
    const skill = entry as unknown as SkillCode & { readonly type: SkillType };
    const { type } = skill;
    const files = asksForFiles(type, entry.code) ? await this._files(entry.path) : {};
    switch (type) {
      case 'javascript':
        return this._inEngine(javascriptEngine, skill, inputs, files);
      case 'threejs':
        return this._inEngine(threejsEngine, skill, inputs, files);
      case 'ngspice':
        return runNgspice(skill, inputs, {
          readFile: name => Promise.resolve(textOf(files[name])),
          nonce: randomUUID(),
          run: deck => this._ngspice.run(deck)
        });
      case 'python-wasm':
      case 'qiskit':
        throw new Error(`Skill "${entry.id}" is Python, which runs itself.`);
    }
  }

  private _inEngine(
    script: string,
    skill: SkillCode,
    inputs: Inputs,
    files: SkillFiles
  ): Promise<IOutcome> {
    return runInEngine(script, {
      skill,
      inputs,
      files,
      maxOutputBytes: MAX_OUTPUT_BYTES
    });
  }

  private readonly _ngspice: NgspiceEngine;
}

function textOf(bytes: Uint8Array | undefined): string | null {
  return bytes === undefined ? null : new TextDecoder().decode(bytes);
}
