import { isRecord, notebookCells } from '@llmos-lab/skills';
import { JSONExt, type PartialJSONArray } from '@lumino/coreutils';

/**
 * Whether the working notebook has other cells than the volume's copy. Outputs do not
 * count: a run that changes them adds a trace, which is uncommitted by itself.
 */
export function hasOtherCells(working: unknown, copy: unknown): boolean {
  const text = (file: unknown): string | null => {
    const cells = notebookCells(file);
    return cells && JSON.stringify(cells.map(({ type, source }) => [type, source]));
  };
  return isRecord(working) && text(working) !== text(copy);
}

/** Whether the working notebook has outputs that the volume's copy does not have. */
export function hasOtherOutputs(working: unknown, copy: unknown): boolean {
  return !JSONExt.deepEqual(outputsOf(working), outputsOf(copy));
}

function outputsOf(file: unknown): PartialJSONArray {
  const cells = isRecord(file) && Array.isArray(file.cells) ? file.cells : [];
  return (cells as readonly unknown[]).map(cell =>
    isRecord(cell) && Array.isArray(cell.outputs)
      ? (cell.outputs as PartialJSONArray)
      : []
  );
}
