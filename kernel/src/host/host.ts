import type { SkillType } from '@llmos-lab/skills';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import type {
  IRuntime,
  IRuntimeCall,
  IRuntimeHost,
  IRuntimeResult,
  ISkillIndex
} from './tokens';

/** The skill index, and one runtime for each skill type that plugins have added. */
export class RuntimeHost implements IRuntimeHost {
  constructor(readonly skills: ISkillIndex) {}

  addRuntime(type: SkillType, runtime: IRuntime): IDisposable {
    if (this._runtimes.has(type)) {
      throw new Error(`There is a runtime for ${type} skills already.`);
    }
    this._runtimes.set(type, runtime);
    return new DisposableDelegate(() => {
      this._runtimes.delete(type);
    });
  }

  hasRuntime(type: SkillType): boolean {
    return this._runtimes.has(type);
  }

  async execute(call: IRuntimeCall): Promise<IRuntimeResult> {
    const { id, type } = call.entry.skill;
    const runtime = this._runtimes.get(type);
    if (!runtime) {
      const known = [...this._runtimes.keys()].sort().join(', ') || 'none';
      throw new Error(
        `Skill "${id}" is of type ${type}, for which no runtime is installed here ` +
          `(installed: ${known}). Add an extension that provides one.`
      );
    }
    call.signal.throwIfAborted();
    return runtime.execute(call);
  }

  private readonly _runtimes = new Map<SkillType, IRuntime>();
}
