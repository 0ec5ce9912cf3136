import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { LabIcon } from '@jupyterlab/ui-components';
import type { IExecutableEntry, ISkillEntry } from '@llmos-lab/kernel';
import type { ReadonlyJSONObject, ReadonlyPartialJSONObject } from '@lumino/coreutils';

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

/** What a command says of itself. */
export interface ICommandText {
  readonly label: string;
  /** Another label for some arguments. */
  readonly labelFor?: (args: Args) => string | undefined;
  readonly caption: string;
  readonly icon: LabIcon;
  /** JSON schema of the arguments by name, and the names that must be there. */
  readonly args?: ReadonlyJSONObject;
  readonly required?: readonly string[];
  readonly isEnabled?: (args: Args) => boolean;
  readonly isVisible?: (args: Args) => boolean;
}

/** Arguments of a command. */
export type Args = ReadonlyPartialJSONObject;

/** Schema of the argument that names a skill. */
export const ID = {
  type: 'string',
  description: 'Id of the skill, such as quantum-vqe'
};

/** Adds one command; a failure of its body is shown here, once, as a notification. */
export function addCommand(
  { app, trans }: ISkillCommandContext,
  id: string,
  command: ICommandText,
  execute: (args: Args) => Promise<unknown>
): void {
  app.commands.addCommand(id, {
    label: args => command.labelFor?.(args) ?? command.label,
    caption: command.caption,
    icon: args => (args.isPalette ? undefined : command.icon),
    isEnabled: command.isEnabled,
    isVisible: command.isVisible,
    describedBy: {
      args: {
        type: 'object',
        properties: command.args ?? {},
        required: [...(command.required ?? [])]
      }
    },
    execute: async args => {
      try {
        return await execute(args);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        Notification.error(trans.__('%1: %2', command.label, reason), {
          autoClose: false
        });
        return undefined;
      }
    }
  });
}

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

/** A text argument, undefined when it is absent or empty. */
export function text(args: Args, name: string): string | undefined {
  const value = args[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
