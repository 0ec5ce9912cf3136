import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IExecutableEntry, ISkillEntry } from '@llmos-lab/kernel';

import type { ISkillLibrary } from '../tokens';
import type { SkillPanel } from './SkillPanel';

/** What the commands work with. */
export interface ISkillCommandContext {
  readonly app: JupyterFrontEnd;
  readonly library: ISkillLibrary;
  readonly documents: IDocumentManager;
  readonly notebooks: INotebookTracker;
  readonly panel: SkillPanel;
  readonly trans: TranslationBundle;
  /** Folder in which a new notebook goes. */
  readonly folder: () => string;
  /** Path of the file that is selected in the file browser. */
  readonly selectedFile: () => string | undefined;
}

/** Schema of the argument that names a skill. */
export const ID = {
  type: 'string',
  description: 'Id of the skill, such as quantum-vqe'
};

/** The skill with this id or alias; throws when there is none. */
export function requireSkill(
  { library, trans }: ISkillCommandContext,
  id: string | undefined
): ISkillEntry {
  const entry = id === undefined ? undefined : library.get(id);
  if (!entry) {
    throw new Error(
      trans.__('There is no skill "%1". Look it up in the skill library.', id ?? '')
    );
  }
  return entry;
}

/** The same, but a skill with code. */
export function requireExecutable(
  context: ISkillCommandContext,
  id: string
): IExecutableEntry {
  const entry = requireSkill(context, id);
  const { skill } = entry;
  if (skill.kind !== 'executable') {
    throw new Error(
      context.trans.__(
        '"%1" guides the assistant and has no code to insert. Choose a skill with a type.',
        skill.name
      )
    );
  }
  return { ...entry, skill };
}
