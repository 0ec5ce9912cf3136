import { PathExt } from '@jupyterlab/coreutils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { formatTrace } from '@llmos-lab/skills';

import { newUlid } from '../../session/store/ulid';
import { sha256Name } from '../../sha256';
import type { ISessions } from '../../tokens';
import { isPassing } from '../../volumes/copyToUser';
import type { IFinishedRun } from '../run/finishedRun';
import { toTrace, type ITraceContext } from './toTrace';

/** Name of the file of a session that has its runs. */
export const TRACES_FILE = 'traces.jsonl';

/** What the log needs of the application. */
export interface ITraceLogOptions {
  readonly sessions: Pick<ISessions, 'ensure' | 'append'>;
  readonly user: () => string;
  readonly env: (panel: NotebookPanel) => Promise<ITraceContext['env']>;
  readonly skill: ITraceContext['skill'];
  /** Told at the first run that could not be kept, and anew after one that could. */
  readonly onFailure: (reason: unknown) => void;
}

/** A run that is not written yet. */
interface IWaiting {
  readonly panel: NotebookPanel;
  readonly run: IFinishedRun;
  readonly goal: string;
  /** Asked for at once: the notebook may be closing. */
  readonly env: Promise<ITraceContext['env']>;
}

/**
 * Appends one line a run to the traces of the notebook's session. Runs do not wait for
 * it: lines are written behind them, those of one notebook in order, and one that fails
 * waits for the next run of any.
 */
export class TraceLog {
  constructor(private readonly _options: ITraceLogOptions) {}

  /** Takes a run that has ended; returns at once. */
  add(panel: NotebookPanel, run: IFinishedRun): void {
    if (isPassing(panel.context.path)) {
      return;
    }
    const env = this._options.env(panel);
    this._waiting = [...this._waiting, { panel, run, goal: goalOf(panel), env }];
    new Set(this._waiting.map(waiting => waiting.panel)).forEach(each =>
      this._writeSoon(each)
    );
  }

  /** Resolves when every run that was added is written, or waits for the next one. */
  async flush(): Promise<void> {
    await Promise.all(this._queues.values());
  }

  /** What one notebook keeps from being written holds no other back. */
  private _writeSoon(panel: NotebookPanel): void {
    const { context } = panel;
    const before = this._queues.get(context) ?? Promise.resolve();
    const queue = before
      .then(() => this._writeAll(panel))
      .then(() => {
        if (this._queues.get(context) === queue) {
          this._queues.delete(context);
        }
      });
    this._queues.set(context, queue);
  }

  private async _writeAll(panel: NotebookPanel): Promise<void> {
    const runs = this._waiting.filter(waiting => waiting.panel === panel);
    if (runs.length === 0) {
      return;
    }
    try {
      await this._write(panel, runs);
      this._waiting = this._waiting.filter(waiting => !runs.includes(waiting));
      this._hasFailed = false;
    } catch (reason) {
      if (!this._hasFailed) {
        this._hasFailed = true;
        this._options.onFailure(reason);
      }
    }
  }

  /** The session is asked for each time: it may have been deleted since the last run. */
  private async _write(panel: NotebookPanel, runs: readonly IWaiting[]): Promise<void> {
    const { sessions, skill } = this._options;
    const user = this._options.user();
    const place = await sessions.ensure(panel);
    const lines = await Promise.all(
      runs.map(async ({ run, goal, env }) => {
        const id = newUlid(run.startedAt);
        const session = place.id;
        const context = { id, session, user, goal, env: await env, hash, skill };
        return `${formatTrace(await toTrace(run, context))}\n`;
      })
    );
    await sessions.append(place, TRACES_FILE, lines.join(''));
  }

  private _waiting: readonly IWaiting[] = [];
  /** One for each notebook file that is being written, whichever panels show it. */
  private readonly _queues = new Map<NotebookPanel['context'], Promise<void>>();
  private _hasFailed = false;
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
  return PathExt.basename(panel.context.path, '.ipynb');
}

function hash(text: string): Promise<string> {
  return sha256Name(new TextEncoder().encode(text));
}
