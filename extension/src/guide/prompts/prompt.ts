import type { ILabShell, JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { LabIcon } from '@jupyterlab/ui-components';

import type { IEvolution } from '../../evolution/tokens';
import type { INotebookRuns } from '../../graph/run/tokens';
import type { ISweeps } from '../../graph/sweep/tokens';
import type { ISkillLibrary } from '../../tokens';

/** What sample prompts work with. */
export interface IGuideContext {
  readonly app: JupyterFrontEnd;
  /** Null in applications without side bars. */
  readonly shell: ILabShell | null;
  readonly notebooks: INotebookTracker;
  readonly runs: INotebookRuns;
  readonly sweeps: ISweeps;
  readonly library: ISkillLibrary;
  readonly evolution: IEvolution;
  readonly trans: TranslationBundle;
}

/** How far a prompt is. */
export interface IPromptProgress {
  readonly text: string;
  /** Share that is done, from 0 to 1; null while that is not known. */
  readonly fraction: number | null;
}

/** What a prompt came to. */
export interface IPromptResult {
  /** In a sentence, with what was measured. */
  readonly text: string;
  /** What to do next, where it is not what the prompt says. */
  readonly next?: string;
  /** Brings the result into sight and gives it the focus. */
  readonly show: () => void;
}

/** How a prompt is told of what happens, and told to stop. */
export interface IPromptRun {
  readonly signal: AbortSignal;
  readonly report: (progress: IPromptProgress) => void;
}

/** Something real that runs with one click, without key or account. */
export interface IPrompt {
  readonly id: string;
  readonly icon: LabIcon;
  readonly title: string;
  /** What it does, and what one learns by it. */
  readonly about: string;
  /** What to try with the result. */
  readonly next: string;
  /**
   * Opens what it needs and runs it.
   *
   * @throws Error that says what failed; `AbortError` when it was stopped
   */
  readonly run: (context: IGuideContext, run: IPromptRun) => Promise<IPromptResult>;
}
