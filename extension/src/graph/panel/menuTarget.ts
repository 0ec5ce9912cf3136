import type { KeyCommand } from './nodeKeys';

/** What a context menu is about. */
export interface IMenuTarget {
  /** First the one under the pointer, which alone some commands are about. */
  readonly cells: readonly string[];
  /** The drawn edge under the pointer. */
  readonly edge: string | null;
  /** Commands that keys run where it is opened. */
  readonly keys: readonly KeyCommand[];
}

/** The cells that the menu of one is about: of a selected one all that are. */
export function cellsWith(
  id: string,
  selected: ReadonlySet<string>
): readonly string[] {
  return selected.has(id) ? [...new Set([id, ...selected])] : [id];
}
