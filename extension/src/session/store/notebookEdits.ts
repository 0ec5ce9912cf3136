import type { ICellModel } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { notebookCopy, type ISession, type ISessionSummary } from '@llmos-lab/skills';

import { hasOtherCells } from './details';
import { sessionId } from './notebookSessions';
import type { WorkingNotebook } from './workingNotebook';

/** What comparing notebooks with the volume's copies needs. */
export interface INotebookEditsParts {
  /** A notebook file of a volume, null where there is none. */
  readonly copy: (volume: string, path: string) => Promise<unknown>;
  /** What stands at a session's path, as it is saved. */
  readonly working: (session: ISession) => Promise<WorkingNotebook>;
  /** Sessions whose notebook stands at a path. */
  readonly at: (path: string) => readonly ISessionSummary[];
  /** Told when a comparison gave another answer than the one before. */
  readonly changed: () => void;
}

/** Which sessions have a notebook with other cells than the newest commit's copy. */
export class NotebookEdits {
  constructor(private readonly _parts: INotebookEditsParts) {}

  has(summary: ISessionSummary): boolean {
    return this._edited.has(keyOf(summary));
  }

  /** Whether its notebook was compared with that very commit. */
  isCompared(summary: ISessionSummary): boolean {
    return this._compared.get(keyOf(summary)) === summary.commit;
  }

  /** Counts what is typed into a notebook at once, not only when it is saved. */
  follow(panel: NotebookPanel): void {
    const { context } = panel;
    const { cells } = context.model;
    this._open.add(panel);
    panel.disposed.connect(() => this._open.delete(panel));
    // What is known as edited is not compared again.
    const look = (): void =>
      this._compareSoon(
        this._parts
          .at(context.path)
          .filter(summary => summary.isCommitted && !this.has(summary))
      );
    const followed = new WeakSet<ICellModel>();
    const followCells = (): void => {
      for (const cell of cells) {
        if (!followed.has(cell)) {
          followed.add(cell);
          // Outputs come often, and are no edit.
          cell.sharedModel.changed.connect((_, { sourceChange }) => {
            if (sourceChange) {
              look();
            }
          }, panel);
        }
      }
    };
    followCells();
    cells.changed.connect(() => {
      followCells();
      look();
    }, panel);
  }

  async compare(summaries: readonly ISessionSummary[]): Promise<void> {
    let isOther = false;
    for (const summary of summaries) {
      const { session, volume, commit } = summary;
      const key = keyOf(summary);
      if (commit !== null) {
        this._compared.set(key, commit);
      }
      // What cannot be read at the moment, or is unmounted by now, says nothing of it.
      const copy = await this._parts
        .copy(volume, notebookCopy(session))
        .catch(() => undefined);
      const working = await this._working(session).catch(() => undefined);
      const isRead = copy !== undefined && working !== undefined;
      const isEdited = isRead && hasOtherCells(working, copy);
      isOther ||= isEdited !== this._edited.has(key);
      if (isEdited) {
        this._edited.add(key);
      } else {
        this._edited.delete(key);
      }
    }
    if (isOther) {
      this._parts.changed();
    }
  }

  /** One comparison at a time; the edits that come meanwhile become one more. */
  private _compareSoon(summaries: readonly ISessionSummary[]): void {
    summaries.forEach(summary => this._waiting.set(keyOf(summary), summary));
    if (!this._comparing && this._waiting.size > 0) {
      const next = [...this._waiting.values()];
      this._waiting.clear();
      this._comparing = true;
      void this.compare(next).finally(() => {
        this._comparing = false;
        this._compareSoon([]);
      });
    }
  }

  /** The cells as they are open with edits, else as they are saved. */
  private async _working(session: ISession): Promise<unknown> {
    const open = [...this._open].find(
      panel => panel.context.path === session.path && sessionId(panel) === session.id
    );
    if (open?.context.model.dirty) {
      return openCells(open);
    }
    const there = await this._parts.working(session);
    return there.kind === 'notebook' ? there.content : undefined;
  }

  private readonly _edited = new Set<string>();
  /** The commit with which each session's notebook was compared. */
  private readonly _compared = new Map<string, string>();
  private readonly _open = new Set<NotebookPanel>();
  private _comparing = false;
  /** Sessions to compare once that has ended. */
  private readonly _waiting = new Map<string, ISessionSummary>();
}

function keyOf({ session, volume }: ISessionSummary): string {
  return `${volume}:${session.id}`;
}

/** A notebook file with what makes cells the same or others, without outputs. */
function openCells({ context }: NotebookPanel): unknown {
  return {
    cells: [...context.model.cells].map(({ id, type, sharedModel }) => ({
      ...{ id, cell_type: type, source: sharedModel.getSource() }
    }))
  };
}
