import '../browser';

import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker } from '@jupyterlab/notebook';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';

import { CommandIDs } from '../../src/commands';
import { addPanelCommands } from '../../src/graph/panel/commands';
import type { GraphPanel } from '../../src/graph/panel/GraphPanel';

/** The panel's commands in an application that has only places for it. */
function setUp() {
  const commands = new CommandRegistry();
  const areas: string[] = [];
  const panel = {
    title: { label: '', closable: false },
    closing: new Signal<object, void>({}),
    content: () => Promise.resolve({ renderPromise: Promise.resolve() }),
    activate: () => undefined
  };
  const shell = {
    widgets: () => (areas.at(-1) === 'main' ? [panel] : []),
    add: (_: unknown, area: string) => void areas.push(area),
    activateById: () => undefined
  };
  addPanelCommands({
    app: { commands, shell, restored: Promise.resolve() } as unknown as JupyterFrontEnd,
    panel: panel as unknown as GraphPanel,
    notebooks: { currentWidget: null } as unknown as INotebookTracker,
    ...{ shell: null, trans: nullTranslator.load('llmos') }
  });
  return { commands, areas, panel };
}

describe('the place of the graph', () => {
  it('changes between the side bar and the main area', async () => {
    const { commands, areas } = setUp();
    await commands.execute(CommandIDs.graphBeside);
    await commands.execute(CommandIDs.graphBeside);
    await commands.execute(CommandIDs.graphBeside, { area: 'right' });
    expect(areas).toEqual(['main', 'right', 'right']);
  });

  it('is the side bar once its tab is closed, also when that is asked twice', async () => {
    const { commands, areas, panel } = setUp();
    await commands.execute(CommandIDs.graphBeside);
    expect(panel.title).toMatchObject({ label: 'Graph', closable: true });
    panel.closing.emit();
    panel.closing.emit();
    expect(areas).toEqual(['main', 'right', 'right']);
    expect(panel.title).toMatchObject({ label: '', closable: false });
  });
});
