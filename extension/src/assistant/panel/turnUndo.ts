import type { NotebookPanel } from '@jupyterlab/notebook';
import type { INotebookContent } from '@jupyterlab/nbformat';
import { cellsOfSteps, takeBack, type ILostEdit } from '@llmos-lab/skills';

import { restoreSnapshot, takeSnapshot, type ISnapshot } from '../snapshot';
import { areAllOf, type ITurnStep } from '../turnSteps';

/** A turn that changed its notebook. */
interface IUndoable {
  /** Id of its answer. */
  readonly id: string;
  readonly panel: NotebookPanel;
  readonly steps: readonly ITurnStep[];
}

/** What taking back the changes of some answers does. */
export interface ITakeBackPlan {
  /** Ids of the answers whose changes go, oldest first. */
  readonly answers: readonly string[];
  /** How many of them were not asked for: later ones that go on with the same cells. */
  readonly later: number;
  /** What others typed on top, and would lose. */
  readonly lost: readonly ILostEdit[];
}

/** What the turns of this page did to their notebooks, to take it back. */
export class TurnUndo {
  /** Keeps what a turn did, where it changed the notebook. */
  remember(turn: IUndoable): void {
    const now = snapshotOf(turn.panel)?.content;
    this._turns = this._turns.filter(({ panel }) => !panel.isDisposed);
    if (now && JSON.stringify(withoutSteps(now, turn.steps)) !== JSON.stringify(now)) {
      this._turns = [...this._turns, turn];
    }
  }

  /** Whether there is a turn to undo, and its notebook still open. */
  can(id: string): boolean {
    return this._turns.some(turn => turn.id === id && !turn.panel.isDisposed);
  }

  /** What taking back the changes of these answers would do; null where none can be. */
  plan(ids: readonly string[]): ITakeBackPlan | null {
    let turns = this._turns.filter(({ id }) => ids.includes(id) && this.can(id));
    const [first] = turns;
    const now = first && snapshotOf(first.panel);
    if (!now) {
      return null;
    }
    for (;;) {
      const { lost } = takeBack(now.content, stepsOf(turns));
      const more = this._goingOn(turns, new Set(lost.map(({ id }) => id)));
      if (more.length === 0) {
        const answers = turns.map(({ id }) => id);
        const later = answers.filter(id => !ids.includes(id)).length;
        return { answers, later, lost };
      }
      turns = this._turns.filter(turn => turns.includes(turn) || more.includes(turn));
    }
  }

  /** Takes the changes of a plan back; each is taken back once. */
  undo({ answers }: ITakeBackPlan): void {
    const turns = this._turns.filter(({ id }) => answers.includes(id));
    const steps = stepsOf(turns);
    const [first] = turns;
    const now = first && snapshotOf(first.panel);
    const from = steps[0]?.from;
    if (!first?.panel.model || !now || !from || 'follows' in from) {
      return;
    }
    const content = withoutSteps(now.content, steps);
    restoreSnapshot(
      first.panel.model,
      areAllOf(steps, now.text) ? from : { content, text: JSON.stringify(content) }
    );
    this._turns = this._turns.filter(turn => !turns.includes(turn));
  }

  /** Turns after the first of these that changed cells whose text would be lost. */
  private _goingOn(
    turns: readonly IUndoable[],
    cells: ReadonlySet<string>
  ): readonly IUndoable[] {
    const [first] = turns;
    const start = this._turns.findIndex(turn => turn === first);
    return this._turns
      .slice(start)
      .filter(
        turn =>
          !turns.includes(turn) &&
          turn.panel === first?.panel &&
          [...cellsOfSteps(turn.steps)].some(id => cells.has(id))
      );
  }

  /** Oldest first. */
  private _turns: readonly IUndoable[] = [];
}

/** A notebook as it would be without a turn's steps. */
export function withoutSteps(
  now: INotebookContent,
  steps: readonly ITurnStep[]
): INotebookContent {
  return takeBack(now, steps).notebook as unknown as INotebookContent;
}

function stepsOf(turns: readonly IUndoable[]): readonly ITurnStep[] {
  return turns.flatMap(({ steps }) => steps);
}

function snapshotOf({ model }: NotebookPanel): ISnapshot | null {
  return model ? takeSnapshot(model) : null;
}
