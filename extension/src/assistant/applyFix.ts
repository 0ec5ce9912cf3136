import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { fixCell } from '@llmos-lab/skills';

import type { INotebookRuns } from '../graph/run/tokens';
import { STAYS } from '../stays';
import type { ISkillLibrary } from '../tokens';
import { notebookFacts } from './notebookFacts';
import type { AssistantModel } from './panel/model';

/** What a fix is made from. */
export interface IFixContext {
  readonly model: Pick<AssistantModel, 'notebook' | 'changeOffered'>;
  readonly library: Pick<ISkillLibrary, 'entries'>;
  readonly runs: INotebookRuns | null;
  readonly trans: TranslationBundle;
}

/**
 * Mends a failed cell as an answer offers. What is written is made now, of the cell as it is:
 * it may have been edited since the answer, which others may have written.
 */
export async function applyFix(
  { model, library, runs, trans }: IFixContext,
  { id, cell }: { readonly id: string; readonly cell: string }
): Promise<void> {
  const panel = model.notebook;
  const facts = panel && notebookFacts(panel, runs);
  const skills = library.entries.map(({ skill }) => skill);
  const source = facts && fixCell(cell, skills, facts);
  if (!panel || source === null) {
    Notification.warning(
      trans.__('The cell has changed since: run it again, and ask about its error.'),
      { autoClose: STAYS.warning }
    );
    return;
  }
  const ended = await model.changeOffered({ id, panel, cell, source });
  if (ended?.status === 'failed') {
    Notification.error(trans.__('The cell was not changed: %1', ended.result), {
      autoClose: STAYS.error
    });
  } else if (ended?.status === 'refused') {
    Notification.info(
      trans.__('The cell stays as it is: you did not allow its change.'),
      { autoClose: STAYS.note }
    );
  }
}
