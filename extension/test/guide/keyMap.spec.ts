import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';

import { CommandIDs } from '../../src/commands';
import { keyMap, searchKeys } from '../../src/guide/keys/keyMap';

const trans = nullTranslator.load('llmos');
const ON_CELL = '.jp-Notebook.jp-mod-commandMode:not(.jp-mod-readWrite) :focus';

function registry(): CommandRegistry {
  const commands = new CommandRegistry();
  const add = (id: string, label: string): void => {
    commands.addCommand(id, { label, execute: () => undefined });
  };
  add('llmos:run-stale', 'Run stale');
  add('notebook:run-cell', 'Run');
  add('other:thing', 'Other');
  const bind = (command: string, keys: string[], selector: string): void => {
    commands.addKeyBinding({ command, keys, selector });
  };
  bind('llmos:run-stale', ['G', 'R'], ON_CELL);
  bind('notebook:run-cell', ['Ctrl Enter'], '.jp-Notebook.jp-mod-editMode');
  bind('notebook:run-cell', ['Ctrl Enter'], ON_CELL);
  bind('notebook:run-cell', ['Ctrl Alt Enter'], ON_CELL);
  bind('other:thing', ['X'], 'body');
  bind('llmos:gone', ['Y'], 'body');
  return commands;
}

/** Looks for rows in the map of all our commands, and gives their labels and places. */
function finder(): (query: string) => readonly unknown[] {
  const commands = registry();
  for (const id of Object.values(CommandIDs)) {
    if (!commands.hasCommand(id)) {
      commands.addCommand(id, { label: id, execute: () => undefined });
    }
  }
  const groups = keyMap(commands, trans);
  return query =>
    searchKeys(groups, query).flatMap(({ rows }) =>
      rows.map(({ label, where }) => [label, where])
    );
}

describe('keyMap', () => {
  afterEach(() => jest.restoreAllMocks());

  it('reads our keys and those of notebooks from the registry', () => {
    const groups = keyMap(registry(), trans);
    expect(groups.map(({ title }) => title)).toEqual(['LLMos Lab', 'Notebook']);
    expect(groups[0]?.rows).toEqual([
      {
        command: 'llmos:run-stale',
        label: 'Run stale',
        keys: ['G R'],
        strokes: ['G', 'R'],
        where: 'on a cell'
      }
    ]);
  });

  it('has one row for each place, with all keys that work there', () => {
    const [, notebook] = keyMap(registry(), trans);
    expect(notebook?.rows.map(({ keys, where }) => [keys, where])).toEqual([
      [['Ctrl+Enter'], 'while typing in a cell'],
      [['Ctrl+Enter', 'Ctrl+Alt+Enter'], 'on a cell']
    ]);
  });

  it('finds rows by words of name and keys', () => {
    const groups = keyMap(registry(), trans);
    expect(searchKeys(groups, 'stale').flatMap(({ rows }) => rows)).toHaveLength(1);
    expect(searchKeys(groups, 'run alt')).toHaveLength(1);
    expect(searchKeys(groups, 'nothing')).toEqual([]);
    expect(searchKeys(groups, ' ')).toEqual(groups);
  });

  it('has the keys that cells, forms and the graph hear themselves', () => {
    const found = finder();
    expect(found('/')).toEqual([['Choose a skill', 'in an empty cell']]);
    expect(found('alt+r')).toEqual([['Back to the default', 'in a field of a form']]);
    expect(found('escape form')).toHaveLength(1);
    expect(found('F2')).toEqual([[CommandIDs.graphRenameVariable, 'on a node']]);
    expect(found('ctrl+d')).toEqual([[CommandIDs.graphDuplicate, 'on a node']]);
    expect(found('delete line')).toEqual([[CommandIDs.graphDisconnect, 'on a line']]);
    expect(found('arrow')).toEqual([['Move the node (arrow keys)', 'on a node']]);
  });

  it('finds keys by their names, where they are written as signs too', () => {
    const written = finder();
    jest.spyOn(CommandRegistry, 'formatKeystroke').mockReturnValue('⎋');
    const signs = finder();
    for (const found of [written, signs]) {
      expect(found('escape node')).toEqual([['Let go of the node', 'on a node']]);
      expect(found('delete line')).toHaveLength(1);
      expect(found('arrowdown')).toHaveLength(1);
      // Words that only begin with a key.
      for (const word of ['download', 'leftover', 'rights', 'deletes']) {
        expect(found(`${word} node`)).toEqual([]);
      }
    }
  });
});
