import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import { CommandIDs } from '../../commands';
import type { Point } from '../graphModel/view';
import type { IDrawing } from '../layout/drawing';

/** One end of an edge. */
export interface IPortEnd {
  readonly cell: string;
  readonly port: string;
}

/** Where a connection begins that is chosen in a dialog. */
export interface IConnectionStart {
  readonly cell: string;
  readonly port?: string;
  /** Which of its sides, where both have a port of that name. */
  readonly side?: 'input' | 'output';
  /** The one cell that it is connected with. */
  readonly other?: string;
}

/** What people do to the graph; each is a command, as for everyone else. */
export interface IGraphActions {
  connect(from: IPortEnd, to: IPortEnd): Promise<boolean>;
  /** Takes inputs back to their defaults, as one step of undo. */
  disconnect(inputs: readonly IInputOf[]): Promise<boolean>;
  /** Adds a skill; `between` puts it into an edge. */
  add(skill: string, position: Point | null, between?: IBetween): Promise<boolean>;
  /** Deletes cells, and selects the neighbour of their nodes. */
  delete(cells: readonly string[]): Promise<boolean>;
  duplicate(cells: readonly string[]): Promise<boolean>;
  /** Puts nodes at places, as one step of undo; null lets the layout decide. */
  move(places: ReadonlyMap<string, Point | null>): Promise<boolean>;
  /** Why a connection would be refused; null when it can be made. */
  connectionFault(from: IPortEnd, to: IPortEnd): string | null;
  /** Tells why something was not done. */
  refuse(reason: string): void;
  /** Asks for the other end in a dialog, where more than one can be meant. */
  chooseConnection(start: IConnectionStart): void;
  /** Asks for a new name of a variable. */
  rename(cell: string, name?: string): void;
  /** Puts the cursor into the cell's source. */
  edit(cell: string): void;
  undo(): void;
  redo(): void;
  execute(command: string, args?: ReadonlyPartialJSONObject): void;
}

/** An input that an edge leads to. */
export interface IInputOf {
  readonly to: string;
  readonly input: string;
  /** The variable that it carries. */
  readonly name: string;
}

/** The edge in whose middle a new skill goes. */
export interface IBetween {
  readonly from: string;
  readonly output: string;
  readonly to: string;
  readonly input: string;
}

/** The editing actions over the commands of the application. */
export function editingActions(
  commands: CommandRegistry,
  drawing: () => IDrawing
): Pick<
  IGraphActions,
  'connect' | 'disconnect' | 'add' | 'delete' | 'duplicate' | 'move'
> {
  const run = async (id: string, args: ReadonlyPartialJSONObject): Promise<boolean> => {
    if (!commands.hasCommand(id)) {
      return false;
    }
    const outcome: unknown = await commands.execute(id, args);
    return (
      typeof outcome === 'object' &&
      outcome !== null &&
      'ok' in outcome &&
      outcome.ok === true
    );
  };
  return {
    connect: (from, to) =>
      run(CommandIDs.graphConnect, {
        ...{ from: from.cell, output: from.port },
        ...{ to: to.cell, input: to.port }
      }),
    disconnect: inputs =>
      run(CommandIDs.graphDisconnect, {
        inputs: inputs.map(({ to, input, name }) => ({ to, input, name }))
      }),
    add: (skill, position, between) =>
      run(CommandIDs.graphAdd, {
        skill,
        ...(position ? { position: position.map(Math.round) } : {}),
        ...(between ? { between: { ...between } } : {})
      }),
    delete: cells => run(CommandIDs.graphDelete, deletion(drawing(), cells)),
    duplicate: cells => run(CommandIDs.graphDuplicate, { cells: [...cells] }),
    move: places =>
      run(CommandIDs.graphMove, {
        moves: [...places].map(([cell, position]) => ({
          cell,
          position: position && position.map(Math.round)
        }))
      })
  };
}

/** What the command is told that deletes cells: their nodes' neighbour is selected then. */
export function deletion(
  drawing: IDrawing,
  cells: readonly string[]
): { readonly cells: string[]; readonly next?: string } {
  const next = neighbour(drawing, new Set(cells));
  return { cells: [...cells], ...(next === undefined ? {} : { next }) };
}

/** The ids of the cells that are drawn, in the order of the notebook. */
export function cellIds({ items }: IDrawing): readonly string[] {
  return items.flatMap(({ kind, id }) => (kind === 'cell' ? [id] : []));
}

/** The cell below those that go, else the one above. */
function neighbour(drawing: IDrawing, gone: ReadonlySet<string>): string | undefined {
  const ids = cellIds(drawing);
  const last = Math.max(...ids.map((id, at) => (gone.has(id) ? at : -1)));
  return ids[last + 1] ?? ids.filter(id => !gone.has(id)).at(-1);
}
