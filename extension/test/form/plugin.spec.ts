import '../browser';

import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker } from '@jupyterlab/notebook';
import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';

import { CommandIDs } from '../../src/commands';
import { formPlugin } from '../../src/form/plugin';
import { libraryOf } from '../skills/fixtures';

describe('Edit parameters', () => {
  it('is not offered in the menu of a node that has no form', () => {
    const commands = new CommandRegistry();
    const cell = { model: { id: 'plain' } };
    const notebooks = {
      ...{ forEach: () => undefined, widgetAdded: new Signal({}) },
      ...{ activeCell: cell, currentWidget: { content: { widgets: [cell] } } }
    } as unknown as INotebookTracker;
    const app = { commands } as unknown as JupyterFrontEnd;
    void formPlugin.activate(app, libraryOf().library, notebooks, null, null, null);
    const isOffered = (args: { readonly cellId?: string }): boolean =>
      commands.isEnabled(CommandIDs.editParameters, args);
    expect(isOffered({ cellId: 'plain' })).toBe(false);
    expect(isOffered({ cellId: 'gone' })).toBe(false);
    // From the palette it says why.
    expect(isOffered({})).toBe(true);
  });
});
