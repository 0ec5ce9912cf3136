/** What a turn of the assistant made: told from the notebook before and after it. */
import { isRecord } from '../json';
import { artifactType, cellName, outputArtifacts } from '../session/artifacts';
import type { IChatArtifact } from '../session/chat';
import { parseSkill } from '../skill/parse';
import type { MessagePart } from './conversation';

/** A turn's beginning and end. */
export interface ITurnWork {
  /** Contents of the notebook's file; null where none was open. */
  readonly before: unknown;
  readonly after: unknown;
  readonly parts: readonly MessagePart[];
  /** Files beside the notebook, by name: bytes and when they were written. */
  readonly filesBefore: FileList;
  readonly filesAfter: FileList;
}

type FileList = ReadonlyMap<string, { readonly bytes: number; readonly at: string }>;

/**
 * Cells that were written, rich outputs that are new, skills that were made and files that
 * were written while a turn went on, in this order.
 */
export function turnArtifacts(work: ITurnWork): readonly IChatArtifact[] {
  const { before, after, parts, filesBefore, filesAfter } = work;
  const old = new Map(cellsOf(before).map(cell => [cell['id'], cell]));
  const cells = cellsOf(after);
  const isNew = (cell: Cell, key: string): boolean =>
    JSON.stringify(old.get(cell['id'])?.[key]) !== JSON.stringify(cell[key]);
  const written = cells.flatMap((cell, index): readonly IChatArtifact[] => {
    const { id, cell_type: kind } = cell;
    const source = sourceOf(cell);
    return typeof id === 'string' && source.trim() !== '' && isNew(cell, 'source')
      ? [
          {
            type: kind === 'code' ? 'code' : 'text',
            name: cellName(source, index),
            cell: id
          }
        ]
      : [];
  });
  const shown = new Set(
    cells.filter(cell => isNew(cell, 'outputs')).map(cell => cell['id'])
  );
  const outputs = outputArtifacts(after).flatMap(
    ({ type, name, path, cell }): readonly IChatArtifact[] =>
      cell !== undefined && shown.has(cell) ? [{ type, name, path, cell }] : []
  );
  const files = [...filesAfter]
    .filter(([name, { bytes, at }]) => {
      const was = filesBefore.get(name);
      return was?.bytes !== bytes || was.at !== at;
    })
    .map(([name, { bytes }]): IChatArtifact => ({
      ...{ type: artifactType(name), name, path: `artifacts/${name}`, bytes }
    }));
  return [...written, ...outputs, ...madeSkills(parts), ...files];
}

function madeSkills(parts: readonly MessagePart[]): readonly IChatArtifact[] {
  return parts.flatMap((part): readonly IChatArtifact[] => {
    const isMade =
      part.kind === 'tool' && part.tool === 'create_skill' && part.status === 'done';
    const text = isMade && isRecord(part.input) ? part.input['text'] : undefined;
    const skill = typeof text === 'string' ? parseSkill(text, 'skill.md').skill : null;
    return skill ? [{ type: 'skill', name: skill.id }] : [];
  });
}

type Cell = Readonly<Record<string, unknown>>;

function cellsOf(notebook: unknown): readonly Cell[] {
  const cells = isRecord(notebook) ? notebook['cells'] : undefined;
  return Array.isArray(cells) ? (cells as readonly unknown[]).filter(isRecord) : [];
}

function sourceOf({ source }: Cell): string {
  return Array.isArray(source)
    ? source.join('')
    : typeof source === 'string'
      ? source
      : '';
}
