import type { TranslationBundle } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';

import { READ_ONLY } from '../../volumes/copyButton';
import { partKeys } from './partKeys';

/** One command with the keys that run it. */
export interface IKeyRow {
  readonly command: string;
  readonly label: string;
  /** Each as people read it, such as `G R` or `Ctrl+Shift+C`. */
  readonly keys: readonly string[];
  /** Their keystrokes as bindings have them: on macOS `keys` writes `⎋` for `Escape`. */
  readonly strokes: readonly string[];
  readonly where: string;
}

/** Keys that belong together. */
export interface IKeyGroup {
  readonly title: string;
  readonly rows: readonly IKeyRow[];
}

/** What the map asks of the application's commands. */
export type KeyRegistry = Pick<
  CommandRegistry,
  'keyBindings' | 'hasCommand' | 'label' | 'isVisible'
>;

/** Commands of notebooks that everybody needs, in the order of the map. */
const NOTEBOOK = [
  'notebook:run-cell-and-select-next',
  'notebook:run-cell',
  'notebook:run-cell-and-insert-below',
  'notebook:enter-edit-mode',
  'notebook:enter-command-mode',
  'notebook:move-cursor-up',
  'notebook:move-cursor-down',
  'notebook:insert-cell-above',
  'notebook:insert-cell-below',
  'notebook:cut-cell',
  'notebook:copy-cell',
  'notebook:paste-cell-below',
  'notebook:delete-cell',
  'notebook:undo-cell-action',
  'notebook:redo-cell-action',
  'notebook:change-cell-to-code',
  'notebook:change-cell-to-markdown',
  'notebook:interrupt-kernel',
  'notebook:restart-kernel',
  'completer:invoke-notebook',
  'tooltip:launch-notebook'
];

/** Commands of the application that lead everywhere. */
const APPLICATION = [
  'apputils:activate-command-palette',
  'docmanager:save',
  'documentsearch:start',
  'filebrowser:toggle-main',
  'application:toggle-left-area',
  'application:toggle-right-area',
  'application:activate-next-tab',
  'application:activate-previous-tab',
  'application:close'
];

/**
 * The keys of our commands and of those that people need beside them, as they are bound
 * now: what somebody has changed in the settings is shown as changed.
 */
export function keyMap(
  registry: KeyRegistry,
  trans: TranslationBundle
): readonly IKeyGroup[] {
  const ours = registry.keyBindings
    .map(({ command }) => command)
    .filter(command => command.startsWith('llmos:'));
  const bound = (commands: readonly string[]): IKeyRow[] =>
    commands.flatMap(command => rowsOf(command, registry, trans));
  return [
    { title: trans.__('LLMos Lab'), rows: bound([...new Set(ours)]) },
    ...partKeys(registry, trans),
    { title: trans.__('Notebook'), rows: bound(NOTEBOOK) },
    { title: trans.__('Application'), rows: bound(APPLICATION) }
  ].filter(({ rows }) => rows.length > 0);
}

/** One row for each place in which the command has keys. */
function rowsOf(
  command: string,
  registry: KeyRegistry,
  trans: TranslationBundle
): IKeyRow[] {
  const bindings = registry.keyBindings.filter(each => each.command === command);
  if (bindings.length === 0 || !registry.hasCommand(command)) {
    return [];
  }
  const rows = new Map<string, IKeyRow>();
  for (const { keys, selector, args } of bindings) {
    const label = registry.label(command, args) || command;
    const where = placeOf(selector, trans);
    const row = rows.get(`${label} ${where}`);
    const text = keys.map(CommandRegistry.formatKeystroke).join(' ');
    const all = [...new Set([...(row?.keys ?? []), text])];
    const strokes = [...(row?.strokes ?? []), ...keys];
    rows.set(`${label} ${where}`, { command, label, keys: all, strokes, where });
  }
  return [...rows.values()];
}

/** Where keys work, told from the selector of their binding. */
function placeOf(selector: string, trans: TranslationBundle): string {
  if (selector.includes('jp-mod-commandMode')) {
    return trans.__('on a cell');
  }
  if (selector.includes('jp-mod-editMode')) {
    return trans.__('while typing in a cell');
  }
  if (selector.includes(READ_ONLY)) {
    return trans.__('in a read-only file');
  }
  if (/jp-(Notebook|CodeCell|Cell)\b/.test(selector)) {
    return trans.__('in a notebook');
  }
  return selector === 'body'
    ? trans.__('everywhere')
    : trans.__('where it has the focus');
}

/** The rows that a search leaves: its words in label, names of keys, place or command. */
export function searchKeys(
  groups: readonly IKeyGroup[],
  query: string
): readonly IKeyGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return groups
    .map(group => ({
      ...group,
      rows: group.rows.filter(({ label, keys, strokes, command, where }) => {
        const names = strokes.map(CommandRegistry.normalizeKeystroke);
        const text = [label, ...keys, ...names, where, command].join(' ').toLowerCase();
        return words.every(word => text.includes(word));
      })
    }))
    .filter(({ rows }) => rows.length > 0);
}
