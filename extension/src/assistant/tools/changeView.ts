import { lineDiff, type IDiffLine, type INotebookCell } from '@llmos-lab/skills';

/** What happens to one cell, line by line. */
export interface ICellChange {
  readonly id: string;
  readonly kind: 'added' | 'changed' | 'removed' | 'moved';
  readonly lines: readonly IDiffLine[];
}

/** The cells that differ, in the order in which they would stand. */
export function cellChanges(
  before: readonly INotebookCell[],
  after: readonly INotebookCell[]
): readonly ICellChange[] {
  const old = new Map(before.map(cell => [cell.id, cell]));
  const kept = new Set(after.map(({ id }) => id));
  const order = before.filter(({ id }) => kept.has(id)).map(({ id }) => id);
  const now = after.filter(({ id }) => old.has(id)).map(({ id }) => id);
  const changed = after.flatMap((cell): readonly ICellChange[] => {
    const { id, source } = cell;
    const was = old.get(id);
    const lines = lineDiff(was?.source ?? '', source);
    if (!was) {
      return [
        { id, kind: 'added', lines: lines.filter(line => line.kind !== 'removed') }
      ];
    }
    if (was.source !== source) {
      return [{ id, kind: 'changed', lines }];
    }
    return order.indexOf(id) === now.indexOf(id) ? [] : [{ id, kind: 'moved', lines }];
  });
  const removed = before
    .filter(({ id }) => !kept.has(id))
    .map(({ id, source }): ICellChange => ({
      ...{ id, kind: 'removed' },
      lines: lineDiff(source, '').filter(line => line.kind !== 'added')
    }));
  return [...changed, ...removed];
}
