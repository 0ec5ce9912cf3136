import {
  artifactType,
  isRecord,
  notebookCells,
  parseChat,
  parseTraces,
  sessionFolder,
  type IChatMessage,
  type ISession,
  type TraceRecord
} from '@llmos-lab/skills';
import { JSONExt, type PartialJSONArray } from '@lumino/coreutils';

import type { IDriveFiles } from './driveFiles';

/** A file that a session made. */
export interface ISessionArtifact {
  readonly type: string;
  readonly name: string;
  /** Within the volume; absent for what the conversation only names. */
  readonly path?: string;
  /** Bytes. */
  readonly size?: number;
}

/** What is in a session, beyond `session.json`. */
export interface ISessionDetails {
  readonly messages: readonly IChatMessage[];
  /** The newest first. */
  readonly traces: readonly TraceRecord[];
  readonly artifacts: readonly ISessionArtifact[];
  /** Lines that cannot be read, as sentences. */
  readonly problems: readonly string[];
}

/** Reads conversation, traces and artifacts of a session. */
export async function readDetails(
  files: IDriveFiles,
  id: string
): Promise<ISessionDetails> {
  const folder = sessionFolder(id);
  const [chatText, traceText, made] = await Promise.all([
    files.text(`${folder}/chat.jsonl`),
    files.text(`${folder}/traces.jsonl`),
    listArtifacts(files, `${folder}/artifacts`)
  ]);
  const chat = parseChat(chatText ?? '');
  const traces = parseTraces(traceText ?? '');
  const said = chat.messages
    .flatMap(({ artifacts }) => artifacts)
    .filter(({ path }) => path === undefined);
  // A cell that was written several times is one piece of work.
  const named = [
    ...new Map(said.map(each => [`${each.type} ${each.name}`, each])).values()
  ];
  const problems = [
    ...chat.problems.map(({ line, message }) => `chat.jsonl, line ${line}: ${message}`),
    ...traces.problems.map(
      ({ line, message }) => `traces.jsonl, line ${line}: ${message}`
    )
  ];
  return {
    messages: chat.messages,
    traces: [...traces.traces].reverse(),
    artifacts: [...made, ...named],
    problems
  };
}

async function listArtifacts(
  files: IDriveFiles,
  folder: string
): Promise<readonly ISessionArtifact[]> {
  const entries = await files.entries(folder);
  const found = await Promise.all(
    entries.map(async ({ path, name, type, size }) =>
      type === 'directory'
        ? listArtifacts(files, path)
        : [{ type: artifactType(path), name, path, ...(size && { size }) }]
    )
  );
  return found.flat();
}

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

/** Path of the volume's copy of a session's notebook. */
export function notebookCopy(session: Pick<ISession, 'id'>): string {
  return `${sessionFolder(session.id)}/${session.id}.ipynb`;
}
