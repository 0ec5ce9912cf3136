import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyJSONObject } from '@lumino/coreutils';
import { Menu } from '@lumino/widgets';

import { CommandIDs } from '../../commands';
import type { IDrawing } from '../layout/drawing';
import { deletion } from './actions';
import type { IMenuTarget } from './menuTarget';
import { keyText, type KeyCommand } from './nodeKeys';

interface IEntry {
  readonly command: string;
  readonly args?: ReadonlyJSONObject;
  /** What runs it where the menu is opened, as menus write keys. */
  readonly key?: string | undefined;
}

/** Entries of a menu; null separates. */
type Entries = readonly (IEntry | null)[];

/** What can be done with cells, an edge, or the canvas itself. */
export function contextEntries(target: IMenuTarget, drawing: IDrawing): Entries {
  const edges = drawing.edges.find(({ id }) => id === target.edge)?.edges ?? [];
  const keyOf = (command: KeyCommand): Pick<IEntry, 'command' | 'key'> => ({
    command,
    key: target.keys.includes(command) ? keyText(command) : undefined
  });
  // The key cuts all values of an edge at once.
  const disconnect =
    edges.length > 1
      ? { command: CommandIDs.graphDisconnect }
      : keyOf(CommandIDs.graphDisconnect);
  const cut = edges.map(({ to, input }) => ({ ...disconnect, args: { to, input } }));
  const cells = [...target.cells];
  if (cells.length === 0) {
    return cut.length > 0 ? cut : CANVAS;
  }
  const [cell = ''] = cells;
  return [
    { command: CommandIDs.runSelection, args: { cells } },
    { command: CommandIDs.runToHere, args: { cells } },
    { command: CommandIDs.runFromHere, args: { cells } },
    { command: CommandIDs.graphSweep, args: { cell } },
    null,
    { ...keyOf(CommandIDs.graphChooseConnection), args: { cell } },
    ...cut,
    { ...keyOf(CommandIDs.graphRenameVariable), args: { cell } },
    { command: CommandIDs.editParameters, args: { cellId: cell } },
    { command: CommandIDs.graphUnfold, args: { cell } },
    null,
    { ...keyOf(CommandIDs.graphDuplicate), args: { cells } },
    { ...keyOf(CommandIDs.graphDelete), args: deletion(drawing, cells) }
  ];
}

const CANVAS: Entries = [
  { command: CommandIDs.runAll },
  { command: CommandIDs.runStale },
  { command: CommandIDs.stopRun },
  null,
  { command: CommandIDs.graphArrange },
  { command: CommandIDs.graphTurn },
  { command: CommandIDs.graphFit },
  { command: CommandIDs.graphFoldAll },
  { command: CommandIDs.graphToggleMap }
];

/** The panel's own menu. */
export const PANEL_ENTRIES: Entries = [
  { command: CommandIDs.graphBeside },
  { command: CommandIDs.graphArrange },
  { command: CommandIDs.graphTurn },
  { command: CommandIDs.graphFit },
  { command: CommandIDs.graphFoldAll },
  { command: CommandIDs.graphToggleMap },
  null,
  { command: CommandIDs.workflowOpen },
  { command: CommandIDs.workflowSave },
  { command: CommandIDs.graphExport }
];

/** Shows keys that are those of a panel, not of the application. */
class KeyRenderer extends Menu.Renderer {
  readonly keys = new Map<Menu.IItem, string | undefined>();

  override formatShortcut(
    data: Menu.IRenderData
  ): ReturnType<Menu.Renderer['formatShortcut']> {
    return this.keys.get(data.item) ?? super.formatShortcut(data);
  }
}

/**
 * Opens a menu of those commands that there are. Whoever had the focus has it again before
 * the command runs.
 */
export function openMenu(
  commands: CommandRegistry,
  entries: Entries,
  at: { readonly clientX: number; readonly clientY: number },
  trans: TranslationBundle
): void {
  const renderer = new KeyRenderer();
  const menu = new Menu({ commands, renderer });
  menu.title.label = trans.__('Graph');
  for (const entry of entries) {
    if (entry === null) {
      menu.addItem({ type: 'separator' });
    } else if (commands.hasCommand(entry.command)) {
      const item = menu.addItem({ command: entry.command, args: entry.args ?? {} });
      renderer.keys.set(item, entry.key);
    }
  }
  const { activeElement: back } = document;
  menu.aboutToClose.connect(() => {
    // Edges are drawn by SVG.
    if (back instanceof HTMLElement || back instanceof SVGElement) {
      back.focus({ preventScroll: true });
    }
  });
  // The command runs right after the menu has closed.
  menu.aboutToClose.connect(() => void Promise.resolve().then(() => menu.dispose()));
  menu.open(at.clientX, at.clientY);
}
