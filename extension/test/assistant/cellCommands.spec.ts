import '../browser';

import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker } from '@jupyterlab/notebook';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';

import { addCellCommands } from '../../src/assistant/cellCommands';
import type { IAssistantCommandContext } from '../../src/assistant/commands';
import type { IAbout } from '../../src/assistant/panel/about';
import { CommandIDs } from '../../src/commands';

/** The commands over a notebook of two cells; what is asked, and which cell is active. */
function make(selected = '') {
  const commands = new CommandRegistry();
  const asked: string[] = [];
  const about: IAbout[] = [];
  const editor = {
    getSelection: () => ({ start: 0, end: selected.length }),
    getOffsetAt: (at: number) => at,
    model: { sharedModel: { getSource: () => `${selected}, and more` } }
  };
  const selections = { changed: new Signal({}) };
  const cells = ['a', 'b'].map(id => ({ model: { id, selections }, editor }));
  const content = { widgets: cells, activeCellIndex: 0 };
  const other = { content: { ...content }, context: { path: 'b.ipynb' } };
  const notebooks = {
    currentWidget: { content, context: { path: 'a.ipynb' } },
    find: (holds: (panel: unknown) => boolean) => [other].find(holds),
    activeCell: cells[0],
    activeCellChanged: new Signal({})
  } as unknown as INotebookTracker;
  const panel = {
    model: {
      ask: (question: string, where: IAbout) => {
        asked.push(question);
        about.push(where);
        return Promise.resolve();
      }
    }
  };
  const app = { commands, shell: { activateById: () => undefined } };
  addCellCommands({
    ...{ app: app as unknown as JupyterFrontEnd, notebooks },
    trans: nullTranslator.load('llmos'),
    frame: { content: () => Promise.resolve(panel) }
  } as unknown as IAssistantCommandContext);
  return { commands, asked, about, content, other };
}

describe('the commands at a cell', () => {
  it('ask what a cell does, or what its error means, of the cell that is named', async () => {
    const { commands, asked, content } = make();
    await commands.execute(CommandIDs.explainCell, {});
    await commands.execute(CommandIDs.explainCell, { cell: 'b', about: 'error' });
    await commands.execute(CommandIDs.fixCell, { cell: 'b', about: 'error' });
    expect(asked).toEqual([
      'What does this cell do?',
      'What does the error of this cell mean?',
      'What does the error of this cell mean? Fix it.'
    ]);
    expect(content.activeCellIndex).toBe(1);
  });

  it('ask about a cell of the notebook that is named, whichever is in front', async () => {
    const { commands, about, content, other } = make();
    const named = { notebook: 'b.ipynb', cell: 'b', about: 'error' };
    await commands.execute(CommandIDs.fixCell, named);
    expect(about).toEqual([{ panel: other, cell: 'b' }]);
    expect([content.activeCellIndex, other.content.activeCellIndex]).toEqual([0, 1]);
  });

  it('improve what is selected, else the cell; the button shows where something is', async () => {
    const whole = make();
    await whole.commands.execute(CommandIDs.improveCell, {});
    const part = make('x = 1');
    await part.commands.execute(CommandIDs.improveCell, {});
    expect([...whole.asked, ...part.asked]).toEqual([
      'Improve this cell.',
      'Improve this part of the cell:\n\nx = 1'
    ]);
    const when = { whenSelected: true };
    expect(whole.commands.isVisible(CommandIDs.improveCell, when)).toBe(false);
    expect(part.commands.isVisible(CommandIDs.improveCell, when)).toBe(true);
  });
});
