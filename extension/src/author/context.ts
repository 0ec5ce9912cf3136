import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { ISkillLibrary } from '../tokens';

/** What the authoring commands work with. */
export interface IAuthorContext {
  readonly app: JupyterFrontEnd;
  readonly library: ISkillLibrary;
  readonly notebooks: INotebookTracker;
  readonly contents: Contents.IManager;
  readonly trans: TranslationBundle;
  /** Opens a file in its editor, at a 1-based line. */
  readonly open: (path: string, line?: number) => Promise<void>;
}
