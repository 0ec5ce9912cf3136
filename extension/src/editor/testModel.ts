import { Notification, SessionContext } from '@jupyterlab/apputils';
import { SimplifiedOutputArea, OutputAreaModel } from '@jupyterlab/outputarea';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { ServiceManager } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import {
  formatPython,
  readPython,
  toCell,
  type CellArgument,
  type IExecutableSkill,
  type IProblem
} from '@llmos-lab/skills';
import { UUID } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import { KERNEL_NAME } from '../commands';
import { reasonOf } from '../reasonOf';
import { STAYS } from '../stays';

/** `starting` while the kernel boots, which takes seconds the first time. */
export type TestStatus =
  'idle' | 'starting' | 'running' | 'done' | 'failed' | 'stopped';

/** What the Test tab shows. */
export interface ITestState {
  readonly status: TestStatus;
  /** What the last run took, in milliseconds; undefined before one has ended. */
  readonly ms: number | undefined;
  /** Inputs that differ from their defaults. */
  readonly values: Readonly<Record<string, CellArgument>>;
  /** Why the last run failed, at a line of the file where that is known. */
  readonly failure: IProblem | undefined;
}

/** The skill as kernels see it. */
export interface ITestedSkill {
  readonly skill: IExecutableSkill;
  /** Version that the call is pinned to, where the library has another one or none. */
  readonly version?: string;
}

/** Where a test runs, and how the editor's text gets there. */
export interface ITestOptions {
  readonly services: ServiceManager.IManager;
  readonly rendermime: IRenderMimeRegistry;
  /** Contents path of the skill's file. */
  readonly path: () => string;
  /** Saves what was edited and gives the skill as kernels then see it. */
  readonly prepare: () => Promise<ITestedSkill>;
  readonly trans: TranslationBundle;
}

/** Runs a skill by itself, in a kernel of its own that starts with the first run. */
export class TestModel implements IDisposable {
  constructor(private readonly _options: ITestOptions) {
    this.output = new SimplifiedOutputArea({
      model: new OutputAreaModel({ trusted: false }),
      rendermime: _options.rendermime
    });
    this.output.addClass('llmos-SkillTest-output');
  }

  /** Shows what the skill prints, its preview and its outputs. */
  readonly output: SimplifiedOutputArea;

  get state(): ITestState {
    return this._state;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._run++;
      this._end().catch((error: unknown) => {
        const reason = reasonOf(error);
        Notification.warning(
          this._options.trans.__(
            'The kernel of a test could not be stopped: %1',
            reason
          ),
          { autoClose: STAYS.warning }
        );
      });
      this.output.dispose();
      Signal.clearData(this);
    }
  }

  /** Sets an input, or with undefined takes it back to its default. */
  setValue(name: string, value: CellArgument | undefined): boolean {
    if (value && 'source' in value && !isExpression(value.source)) {
      return false;
    }
    const others = Object.entries(this._state.values).filter(([key]) => key !== name);
    const values = Object.fromEntries(others);
    this._set({ values: value ? { ...values, [name]: value } : values });
    return true;
  }

  /** Runs the skill with the inputs as they stand. */
  async run(): Promise<void> {
    const { status } = this._state;
    if (status === 'starting' || status === 'running') {
      return;
    }
    const run = ++this._run;
    this._set({ status: 'starting', failure: undefined });
    this.output.model.clear();
    try {
      const { skill, version } = await this._options.prepare();
      const session = run === this._run ? await this._open(skill.id, run) : null;
      if (!session) {
        return;
      }
      this._set({ status: 'running' });
      const start = performance.now();
      const names = new Set(skill.inputs.map(({ name }) => name));
      const known = Object.entries(this._state.values).filter(([name]) =>
        names.has(name)
      );
      const call = toCell(skill, null, Object.fromEntries(known));
      const code = `${importOf(version)}\n${call}`;
      const kernel = session.session?.kernel;
      if (!kernel) {
        throw new Error(
          this._options.trans.__(
            'The kernel did not start. Reload the page and try again.'
          )
        );
      }
      const future = kernel.requestExecute({ code, store_history: false });
      this.output.future = future;
      const { content } = await future.done;
      if (run === this._run) {
        const ms = performance.now() - start;
        this._set(
          content.status === 'error'
            ? { status: 'failed', ms, failure: this._problem(content.evalue) }
            : { status: 'done', ms }
        );
      }
    } catch (error) {
      if (run === this._run) {
        const reason = reasonOf(error);
        this._set({ status: 'failed', ms: undefined, failure: this._problem(reason) });
      }
    }
  }

  /** Ends the run with its kernel: that stops any code at once. */
  async stop(): Promise<void> {
    this._run++;
    this._set({ status: 'stopped', ms: undefined });
    await this._end();
  }

  /** The session; null when the run was stopped while it opened, and it is closed again. */
  private async _open(id: string, run: number): Promise<SessionContext | null> {
    if (this._session && !this._session.isDisposed && this._session.session?.kernel) {
      return this._session;
    }
    const { sessions, kernelspecs } = this._options.services;
    const session = new SessionContext({
      sessionManager: sessions,
      specsManager: kernelspecs,
      path: `${id}-${UUID.uuid4().slice(0, 8)}.test`,
      name: id,
      type: 'console',
      kernelPreference: {
        name: KERNEL_NAME,
        shouldStart: true,
        canStart: true,
        autoStartDefault: true,
        shutdownOnDispose: true
      }
    });
    await session.initialize();
    await session.ready;
    if (run !== this._run) {
      await close(session);
      return null;
    }
    this._session = session;
    return session;
  }

  private async _end(): Promise<void> {
    const session = this._session;
    this._session = undefined;
    if (session) {
      await close(session);
    }
  }

  /** The line is the one that the message names in this file. */
  private _problem(message: string): IProblem {
    const file = this._options.path();
    const at = message.lastIndexOf(file);
    const line =
      at < 0 ? undefined : /^,? line (\d+)/.exec(message.slice(at + file.length));
    return {
      code: 'failed-run',
      severity: 'error',
      message,
      file,
      line: Number(line?.[1] ?? 0)
    };
  }

  private _set(part: Partial<ITestState>): void {
    if (!this._isDisposed) {
      this._state = { ...this._state, ...part };
      this._changed.emit();
    }
  }

  private readonly _changed = new Signal<this, void>(this);
  private _state: ITestState = {
    status: 'idle',
    ms: undefined,
    values: {},
    failure: undefined
  };
  private _session: SessionContext | undefined;
  private _run = 0;
  private _isDisposed = false;
}

function importOf(version: string | undefined): string {
  const lines = ['from llmos import skill'];
  return version === undefined
    ? lines.join('\n')
    : [
        ...['from functools import partial', ...lines],
        `skill = partial(skill, version=${formatPython(version)})`
      ].join('\n');
}

async function close(session: SessionContext): Promise<void> {
  if (!session.isDisposed) {
    await session.shutdown();
    session.dispose();
  }
}

/** Whether a text can be one argument of a call. */
function isExpression(source: string): boolean {
  return readPython(source) !== undefined || /^[^\n;]+$/.test(source.trim());
}
