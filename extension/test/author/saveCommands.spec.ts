import '../browser';

import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker } from '@jupyterlab/notebook';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';

import type { IAuthorContext } from '../../src/author/context';
import { addSaveCommands } from '../../src/author/save/commands';
import { CommandIDs } from '../../src/commands';

describe('Save cell as skill', () => {
  it('is offered at a code cell that is not the active one', () => {
    const commands = new CommandRegistry();
    const isOffered = (type: string, args = {}): boolean => {
      active.model.type = type;
      return commands.isEnabled(CommandIDs.saveCellAsSkill, args);
    };
    const active = { model: { type: 'markdown' } };
    addSaveCommands({
      app: { commands } as JupyterFrontEnd,
      notebooks: { activeCell: active } as unknown as INotebookTracker,
      trans: nullTranslator.load('llmos')
    } as IAuthorContext);
    expect(isOffered('markdown')).toBe(false);
    expect(isOffered('code')).toBe(true);
    expect(isOffered('markdown', { isContextMenu: true })).toBe(true);
  });
});
