import type { ILabShell, JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { LabIcon } from '@jupyterlab/ui-components';
import type { ReadonlyJSONObject, ReadonlyPartialJSONObject } from '@lumino/coreutils';

import { addCommand, textArg } from '../../addCommand';
import { CommandIDs } from '../../commands';
import { graphIcon } from '../../icons';
import { GRAPH_PANEL_ID, type GraphPanel } from './GraphPanel';

/** What the panel's commands work with. */
export interface IPanelCommandContext {
  readonly app: JupyterFrontEnd;
  readonly panel: GraphPanel;
  readonly notebooks: INotebookTracker;
  /** Null in applications without side bars. */
  readonly shell: ILabShell | null;
  readonly trans: TranslationBundle;
}

type Args = ReadonlyPartialJSONObject;

interface IPanelCommand {
  readonly label: string;
  readonly labelFor?: () => string;
  readonly caption: string;
  readonly icon?: LabIcon;
  readonly args?: ReadonlyJSONObject;
  readonly required?: readonly string[];
  readonly execute: (args: Args) => unknown;
}

/** Adds the commands of the graph panel. */
export function addPanelCommands(context: IPanelCommandContext): void {
  addPlaceCommands(context);
  addViewCommands(context);
  addCellCommands(context);
}

function add(context: IPanelCommandContext, id: string, command: IPanelCommand): void {
  const { execute, ...text } = command;
  addCommand(context, id, text, async args => {
    await execute(args);
  });
}

function addPlaceCommands(context: IPanelCommandContext): void {
  const { app, panel, notebooks, shell, trans } = context;
  const isBeside = (): boolean =>
    [...app.shell.widgets('main')].some(widget => widget === panel);
  const nameTab = (isMain: boolean): void => {
    panel.title.label = isMain ? trans.__('Graph') : '';
    panel.title.closable = isMain;
  };
  // A layout is restored with the panel's place, but not with what its tab says there.
  void app.restored.then(() => nameTab(isBeside()));
  const show = async (): Promise<void> => {
    app.shell.activateById(GRAPH_PANEL_ID);
    const content = await panel.content();
    await content.renderPromise;
    // What takes the focus is there only now, when the panel was not shown, or elsewhere.
    panel.activate();
  };
  const moveTo = (area: 'main' | 'right'): Promise<void> => {
    const isMain = area === 'main';
    nameTab(isMain);
    const ref = notebooks.currentWidget?.id;
    app.shell.add(
      panel,
      area,
      isMain ? { mode: 'split-right', ...(ref ? { ref } : {}) } : { rank: 200 }
    );
    return show();
  };
  add(context, CommandIDs.openGraph, {
    label: trans.__('Graph of the notebook'),
    caption: trans.__('Show how values flow between the cells'),
    icon: graphIcon,
    execute: show
  });
  add(context, CommandIDs.graphBeside, {
    label: trans.__('Move the graph'),
    labelFor: () =>
      isBeside()
        ? trans.__('Move the graph to the side bar')
        : trans.__('Move the graph beside the notebook'),
    caption: trans.__(
      'Give the graph a place of its own in the main area, or take it back'
    ),
    args: {
      area: { enum: ['main', 'right'], description: 'Without it the other one' }
    },
    execute: ({ area }) => {
      const other = isBeside() ? 'right' : 'main';
      return moveTo(area === 'main' || area === 'right' ? area : other);
    }
  });
  // A tab of the main area can be closed: then the panel goes back to the side bar.
  panel.closing.connect(
    () => void app.commands.execute(CommandIDs.graphBeside, { area: 'right' })
  );
  shell?.layoutModified.connect(() =>
    app.commands.notifyCommandChanged(CommandIDs.graphBeside)
  );
}

function addViewCommands(context: IPanelCommandContext): void {
  const { panel, trans } = context;
  add(context, CommandIDs.graphArrange, {
    label: trans.__('Arrange all nodes'),
    caption: trans.__('Let the layout decide where nodes stand, also those you moved'),
    execute: async () => (await panel.content()).arrange()
  });
  add(context, CommandIDs.graphTurn, {
    label: trans.__('Turn the graph'),
    caption: trans.__('Let values flow to the right instead of down, or back'),
    args: {
      direction: { enum: ['down', 'right'], description: 'Without it the other one' }
    },
    execute: async ({ direction }) => {
      const content = await panel.content();
      const other = content.model.direction === 'down' ? 'right' : 'down';
      content.model.direction =
        direction === 'down' || direction === 'right' ? direction : other;
      content.showArranged();
    }
  });
  add(context, CommandIDs.graphFit, {
    label: trans.__('Show the whole graph'),
    caption: trans.__('Fit the graph into the panel'),
    execute: async () => (await panel.content()).showAll()
  });
  add(context, CommandIDs.graphFoldAll, {
    label: trans.__('Fold or open all sections'),
    caption: trans.__('Show each section as one box, or all their cells'),
    execute: async () => {
      const content = await panel.content();
      const { model } = content;
      model.foldAll(model.folded.size === 0);
      content.showArranged();
    }
  });
  add(context, CommandIDs.graphToggleMap, {
    label: trans.__('Show or hide the map'),
    caption: trans.__('A small map of the whole graph in a corner of the canvas'),
    execute: async () => {
      const content = await panel.content();
      content.model.hasMap = content.map === 'none';
    }
  });
}

function addCellCommands(context: IPanelCommandContext): void {
  const { panel, trans } = context;
  const cell = { type: 'string', description: 'Id of the cell; else the selected one' };
  const cellOf = async (args: Args): Promise<string | undefined> => {
    const { selected, graph } = (await panel.content()).model;
    const id = typeof args.cell === 'string' ? args.cell : [...selected][0];
    if (graph?.view.nodes.some(node => node.id === id)) {
      return id;
    }
    Notification.info(trans.__('Choose a code cell first.'), { autoClose: 3000 });
    return undefined;
  };
  add(context, CommandIDs.graphReveal, {
    label: trans.__('Show in the graph'),
    caption: trans.__('Bring the node of a cell into sight'),
    args: { cell },
    execute: async args => {
      const id = await cellOf(args);
      if (id !== undefined) {
        (await panel.content()).reveal(id);
      }
    }
  });
  add(context, CommandIDs.graphChooseConnection, {
    label: trans.__('Connect…'),
    caption: trans.__('Choose an output and the input that takes it'),
    args: {
      cell,
      port: { type: 'string', description: 'Input or output to begin with' },
      other: { type: 'string', description: 'Id of the cell to connect it with' }
    },
    execute: async args => {
      const id = await cellOf(args);
      const [port, other] = [textArg(args, 'port'), textArg(args, 'other')];
      if (id !== undefined) {
        await (
          await panel.content()
        ).chooseConnection({
          cell: id,
          ...(port === undefined ? {} : { port }),
          ...(other === undefined ? {} : { other })
        });
      }
    }
  });
  add(context, CommandIDs.graphRenameVariable, {
    label: trans.__('Rename variable…'),
    caption: trans.__('Rename a variable of this cell in all cells'),
    args: { cell, name: { type: 'string', description: 'The variable' } },
    execute: async args => {
      const id = await cellOf(args);
      const name = typeof args.name === 'string' ? args.name : undefined;
      if (id !== undefined) {
        await (await panel.content()).rename(id, name);
      }
    }
  });
}
