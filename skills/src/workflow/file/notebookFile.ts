import { isRecord } from '../../json';
import type { JsonValue } from '../../skill/skill';
import type { INotebookCell } from '../change/change';

/** A notebook file of these cells, for our kernel. */
export function notebookFile(cells: readonly INotebookCell[]): JsonValue {
  return {
    cells: cells.map(({ id, type, source, metadata }) => ({
      ...{ cell_type: type, id, metadata, source },
      ...(type === 'code' ? { execution_count: null, outputs: [] } : {})
    })),
    metadata: {
      kernelspec: {
        display_name: 'Python (LLMos Lab)',
        language: 'python',
        name: 'python-llmos'
      },
      language_info: { name: 'python' }
    },
    nbformat: 4,
    nbformat_minor: 5
  };
}

/** The cells of a notebook file (format 4); null when it is none. */
export function notebookCells(file: unknown): readonly INotebookCell[] | null {
  const cells = isRecord(file) ? file['cells'] : undefined;
  return Array.isArray(cells)
    ? (cells as readonly unknown[]).flatMap((cell, index) =>
        isRecord(cell) ? [readCell(cell, index)] : []
      )
    : null;
}

/** A cell without id goes by its index. */
function readCell(
  cell: Readonly<Record<string, unknown>>,
  index: number
): INotebookCell {
  const { id, cell_type: type, source, metadata } = cell;
  const text: unknown = Array.isArray(source) ? source.join('') : source;
  return {
    id: typeof id === 'string' ? id : String(index),
    type: type === 'code' || type === 'raw' ? type : 'markdown',
    source: typeof text === 'string' ? text : '',
    metadata: isRecord(metadata) ? (metadata as Record<string, JsonValue>) : {}
  };
}
