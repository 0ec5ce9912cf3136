import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { LabIcon } from '@jupyterlab/ui-components';
import type { ReadonlyJSONObject, ReadonlyPartialJSONObject } from '@lumino/coreutils';

import { reasonOf } from './reasonOf';
import { STAYS } from './stays';

/** Arguments of a command, as its caller gives them. */
export type CommandArgs = ReadonlyPartialJSONObject;

/** How a command looks, and what it takes. */
export interface ICommandText {
  readonly label: string;
  /** Another label for some arguments. */
  readonly labelFor?: (args: CommandArgs) => string | undefined;
  readonly caption: string;
  readonly icon?: LabIcon;
  /** Another caption, or icon, for some arguments. */
  readonly captionFor?: (args: CommandArgs) => string | undefined;
  readonly iconFor?: (args: CommandArgs) => LabIcon | undefined;
  /** JSON schema of the arguments by name, and the names that must be there. */
  readonly args?: ReadonlyJSONObject;
  readonly required?: readonly string[];
  readonly isEnabled?: (args: CommandArgs) => boolean;
  readonly isVisible?: (args: CommandArgs) => boolean;
  /** Shows why the command has failed, in its own way, and gives what it returns then. */
  readonly onFault?: (reason: string) => unknown;
}

/** Adds one command; a failure of its body is shown here, once, as a notification. */
export function addCommand(
  { app, trans }: { readonly app: JupyterFrontEnd; readonly trans: TranslationBundle },
  id: string,
  command: ICommandText,
  execute: (args: CommandArgs) => Promise<unknown>
): void {
  app.commands.addCommand(id, {
    label: args => command.labelFor?.(args) ?? command.label,
    caption: args => command.captionFor?.(args) ?? command.caption,
    // The style sheet of menus keeps icons of any size in line.
    icon: args =>
      args.isPalette
        ? undefined
        : (command.iconFor?.(args) ?? command.icon)?.bindprops({
            stylesheet: 'menuItem'
          }),
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
        if (command.onFault) {
          return command.onFault(reasonOf(error));
        }
        tellError(trans, command.label, error);
        return undefined;
      }
    }
  });
}

/** Says as a notification what failed and why; nothing that a person began fails unheard. */
export function tellError(
  trans: TranslationBundle,
  what: string,
  error: unknown
): void {
  Notification.error(trans.__('%1: %2', what, reasonOf(error)), {
    autoClose: STAYS.error
  });
}

/** A text argument; undefined when it is absent or empty. */
export function textArg(args: CommandArgs, name: string): string | undefined {
  const value = args[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
