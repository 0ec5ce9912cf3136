import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import { formatTrace, type ITrace } from '@llmos-lab/skills';

import type { IFinishedRun } from '../run/record';
import { ensureSession, isPassing, newUlid, readText, tracesPath } from './session';
import { toTrace, type ITraceContext } from './toTrace';

/** What the log needs of the application. */
export interface ITraceLogOptions {
  readonly contents: Pick<Contents.IManager, 'get' | 'save'>;
  readonly user: () => string;
  readonly env: (panel: NotebookPanel) => Promise<ITraceContext['env']>;
  readonly skill: ITraceContext['skill'];
  /** Told at the first run that could not be kept; those after it are tried again. */
  readonly onFailure: (reason: unknown) => void;
}

/**
 * Appends one line a run to the traces of the notebook's session. Runs do not wait for
 * it: lines are written behind them, in order, and one that fails waits for the next.
 */
export class TraceLog {
  constructor(private readonly _options: ITraceLogOptions) {}

  /** Takes a run that has ended; returns at once. */
  add(panel: NotebookPanel, run: IFinishedRun): void {
    if (isPassing(panel.context.path)) {
      return;
    }
    const goal = goalOf(panel);
    this._queue = this._queue.then(() => this._write(panel, run, goal));
  }

  /** Resolves when every run that was added is written, or has been given up. */
  flush(): Promise<void> {
    return this._queue;
  }

  private async _write(
    panel: NotebookPanel,
    run: IFinishedRun,
    goal: string
  ): Promise<void> {
    const { contents, skill, onFailure } = this._options;
    const user = this._options.user();
    try {
      const session = await this._sessionOf(panel, user);
      const id = newUlid(run.startedAt);
      const env = await this._options.env(panel);
      const context = { id, session, user, goal, env, hash, skill };
      const trace = await toTrace(run, context);
      const pending = this._pending.get(session) ?? [];
      this._pending.set(session, [...pending, trace]);
      await this._append(contents, session);
    } catch (reason) {
      if (!this._hasFailed) {
        this._hasFailed = true;
        onFailure(reason);
      }
    }
  }

  /** A notebook that cannot be changed keeps its session for as long as it is open. */
  private async _sessionOf(panel: NotebookPanel, user: string): Promise<string> {
    const known = this._sessions.get(panel);
    const { path } = panel.context;
    if (known?.path === path) {
      return known.id;
    }
    const id = await ensureSession(panel, { contents: this._options.contents, user });
    this._sessions.set(panel, { id, path });
    return id;
  }

  private async _append(
    contents: ITraceLogOptions['contents'],
    session: string
  ): Promise<void> {
    const path = tracesPath(session);
    // Another tab may have the same notebook open.
    await exclusively(path, async () => {
      const traces = this._pending.get(session) ?? [];
      const before = (await readText(contents, path)) ?? '';
      const start = before === '' || before.endsWith('\n') ? before : `${before}\n`;
      const content = start + traces.map(trace => `${formatTrace(trace)}\n`).join('');
      await contents.save(path, { type: 'file', format: 'text', content });
      this._pending.delete(session);
    });
  }

  private readonly _sessions = new WeakMap<
    NotebookPanel,
    { readonly id: string; readonly path: string }
  >();
  private readonly _pending = new Map<string, readonly ITrace[]>();
  private _queue: Promise<void> = Promise.resolve();
  private _hasFailed = false;
}

/** Runs work while no other tab does the same; where locks are missing, just runs it. */
async function exclusively(name: string, work: () => Promise<void>): Promise<void> {
  const { locks } = navigator as Partial<Pick<Navigator, 'locks'>>;
  await (locks ? locks.request(`llmos:${name}`, work) : work());
}

/** What the notebook is for: its first heading, else its name. */
function goalOf(panel: NotebookPanel): string {
  for (const cell of panel.context.model.cells) {
    if (cell.type === 'markdown') {
      const heading = /^#+\s+(.+?)\s*#*$/m.exec(cell.sharedModel.getSource())?.[1];
      if (heading !== undefined) {
        return heading;
      }
    }
  }
  return panel.title.label.replace(/\.ipynb$/, '');
}

async function hash(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  const digits = [...new Uint8Array(bytes)].map(byte =>
    byte.toString(16).padStart(2, '0')
  );
  return `sha256:${digits.join('')}`;
}
