import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { fixCell, type StepStatus } from '@llmos-lab/skills';

import type { INotebookRuns } from '../graph/run/tokens';
import { isReadOnly, readOnlyReason } from '../notebook/readOnly';
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
  if (panel && isReadOnly(panel)) {
    Notification.warning(readOnlyReason(trans), { autoClose: STAYS.warning });
    return;
  }
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
  const why = ended
    ? whyNot(ended.status, trans)
    : trans.__('Answer the question above the field first.');
  if (why !== null) {
    Notification.info(why, { autoClose: STAYS.note });
  }
}

/** Why a cell stays as it is; what a tool says is for a model. */
function whyNot(status: StepStatus, trans: TranslationBundle): string | null {
  switch (status) {
    case 'done':
      return null;
    case 'refused':
      return trans.__('The cell stays as it is: you did not allow its change.');
    case 'stopped':
      return trans.__('The cell stays as it is: its change was put aside.');
    case 'failed':
      return trans.__(
        'The cell stays as it is: it cannot be edited, or the notebook changed while you decided.'
      );
  }
}
