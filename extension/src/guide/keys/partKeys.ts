import type { TranslationBundle } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';

import { CommandIDs } from '../../commands';
import { FORM_KEYS } from '../../form/keys';
import { CANVAS_KEYS, COMMAND_KEYS, keyOf, keyText } from '../../graph/panel/nodeKeys';
import type { IKeyGroup, IKeyRow, KeyRegistry } from './keyMap';

/** The keys that cells, their forms and the graph hear themselves, of no binding. */
export function partKeys(
  registry: KeyRegistry,
  trans: TranslationBundle
): readonly IKeyGroup[] {
  return [
    { title: trans.__('Skill cell and its form'), rows: formRows(registry, trans) },
    { title: trans.__('Graph'), rows: graphRows(registry, trans) }
  ];
}

/** Rows of keys in one place, for those of the commands that there are. */
function rowsAt(
  where: string,
  keys: readonly (readonly [label: string, strokes: readonly string[]])[]
): IKeyRow[] {
  return keys.map(([label, strokes]) => ({
    ...{ command: '', label, where, strokes },
    keys: strokes.map(CommandRegistry.formatKeystroke)
  }));
}

function formRows(registry: KeyRegistry, trans: TranslationBundle): IKeyRow[] {
  const insert = registry.hasCommand(CommandIDs.insertSkill)
    ? rowsAt(trans.__('in an empty cell'), [[trans.__('Choose a skill'), ['/']]])
    : [];
  if (!registry.hasCommand(CommandIDs.editParameters)) {
    return insert;
  }
  const fields = rowsAt(trans.__('in a field of a form'), [
    [trans.__('Set what is typed'), FORM_KEYS.set],
    [trans.__('Set it and run the cell'), FORM_KEYS.run],
    [trans.__('Back to the default'), FORM_KEYS.reset],
    [trans.__('Give up what is typed; then back to the cell'), FORM_KEYS.leave]
  ]);
  return [...insert, ...fields];
}

function graphRows(registry: KeyRegistry, trans: TranslationBundle): IKeyRow[] {
  const commands = COMMAND_KEYS.filter(command => registry.hasCommand(command));
  if (commands.length === 0) {
    return [];
  }
  const onNode = trans.__('on a node');
  const onLine = trans.__('on a line');
  const panel = trans.__('in the graph');
  return [
    ...commands.map(command => ({
      ...{ command, label: registry.label(command) },
      ...{ keys: [keyText(command)], strokes: [keyOf(command)] },
      where: command === CommandIDs.graphDisconnect ? onLine : onNode
    })),
    ...rowsAt(onNode, [
      [trans.__('Go to the cell'), CANVAS_KEYS.edit],
      [trans.__('Move the node (arrow keys)'), CANVAS_KEYS.move],
      [trans.__('Let go of the node'), CANVAS_KEYS.leave]
    ]),
    ...rowsAt(panel, [
      [trans.__('Select all nodes'), CANVAS_KEYS.selectAll],
      [trans.__('Undo'), CANVAS_KEYS.undo],
      [trans.__('Redo'), CANVAS_KEYS.redo]
    ])
  ];
}
