import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type {
  INotebookFacts,
  PermissionChoice,
  StepStatus,
  ToolName
} from '@llmos-lab/skills';

import type { INotebookRuns } from '../../graph/run/tokens';
import type { INotebookGraphs } from '../../graph/tokens';
import type { ISkillLibrary } from '../../tokens';
import { notebookFacts } from '../notebookFacts';
import type { TurnSteps } from '../turnSteps';
import type { ICellChange } from './changeView';
import type { PermissionScope } from './sessionPermissions';

/** A skill that a new one would hide. */
export interface IShadowed {
  /** Id or alias under which notebooks call it. */
  readonly id: string;
  readonly name: string;
  /** Name of its volume's drive. */
  readonly volume: string;
}

/** What a tool wants to do, for the person to decide. */
export interface IApproval {
  readonly tool: ToolName;
  /** Cells as they are and as they would be. */
  readonly changes: readonly ICellChange[];
  /** Other text that would be written or run. */
  readonly text: string;
  /** The skill of another volume whose place a new one would take. */
  readonly shadows?: IShadowed;
}

/** The person's word: a choice of `PermissionChoice`, or no. */
export type ApprovalAnswer = PermissionChoice | 'no';

/** How a call ended, and what the model is told. */
export interface IToolResult {
  readonly status: StepStatus;
  readonly result: string;
}

/** What the tools work with. */
export interface IToolContext {
  readonly app: JupyterFrontEnd;
  readonly library: ISkillLibrary;
  readonly graphs: INotebookGraphs | null;
  readonly runs: INotebookRuns | null;
  /** The notebook that the turn is about. */
  readonly notebook: () => NotebookPanel | null;
  /** Takes down what the turn does to the notebook. */
  readonly steps: TurnSteps;
  /** What the person's word "in this session" is given for. */
  readonly session: () => PermissionScope;
  /** Setting: changes of the notebook need no word. */
  readonly appliesChanges: () => boolean;
  /** Asks the person; rejects never, `no` when the turn is stopped. */
  readonly approve: (
    approval: IApproval,
    signal: AbortSignal
  ) => Promise<ApprovalAnswer>;
}

/** Arguments of a call, whose schema was checked. */
export type ToolArgs = Readonly<Record<string, unknown>>;

/**
 * The notebook that the turn is about.
 *
 * @throws Error for the model, where there is none
 */
export function panelOf({ notebook }: IToolContext): NotebookPanel {
  const panel = notebook();
  if (!panel) {
    throw new Error('No notebook is open. Ask the person to open one.');
  }
  if (panel.isDisposed) {
    throw new Error('The notebook was closed.');
  }
  return panel;
}

/**
 * That notebook as the assistant is told of it.
 *
 * @throws Error for the model, where there is none
 */
export function factsOf(context: IToolContext): INotebookFacts {
  const facts = notebookFacts(panelOf(context), context.runs);
  if (!facts) {
    throw new Error('The notebook was closed.');
  }
  return facts;
}

/** A call that did what it should. */
export const done = (result: string): IToolResult => ({ status: 'done', result });

/** A call that could not; the model is told why. */
export const failed = (result: string): IToolResult => ({ status: 'failed', result });

/** A call that the person does not want. */
export const refused = (result: string): IToolResult => ({ status: 'refused', result });
