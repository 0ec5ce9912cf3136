/** What is in a session, beyond `session.json`. */
import { artifactType, outputArtifacts } from './artifacts';
import { parseChat, type IChatMessage } from './chat';
import type { ISession } from './session';
import { sessionFolder, type ISessionFiles } from './sessionList';
import { parseTraces, type TraceRecord } from './trace';

/** The files of a volume, with their folders. */
export interface ISessionTree extends ISessionFiles {
  /**
   * A file's text, or null where there is none.
   *
   * @throws Error whose `response.status` is 400 for a file that is no text
   */
  text(path: string): Promise<string | null>;
  /** A file's content, or null where there is none. */
  bytes(path: string): Promise<Uint8Array | null>;
  /** Files and folders in a folder, sorted by path; empty where there is none. */
  entries(folder: string): Promise<
    readonly {
      readonly path: string;
      readonly name: string;
      /** `directory` for a folder. */
      readonly type: string;
      /** Bytes. */
      readonly size?: number;
    }[]
  >;
}

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
  files: ISessionTree,
  id: string
): Promise<ISessionDetails> {
  const folder = sessionFolder(id);
  const [chatText, traceText, made] = await Promise.all([
    files.text(`${folder}/chat.jsonl`),
    files.text(`${folder}/traces.jsonl`),
    listArtifacts(files, `${folder}/artifacts`).then(found => typed(files, id, found))
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
  files: ISessionTree,
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

/** Charts, scenes and circuits are JSON alike: the notebook that shows them knows which. */
async function typed(
  files: ISessionTree,
  id: string,
  artifacts: readonly ISessionArtifact[]
): Promise<readonly ISessionArtifact[]> {
  if (!artifacts.some(({ name }) => name.endsWith('.json'))) {
    return artifacts;
  }
  const text = (await files.text(notebookCopy({ id }))) ?? '';
  const folder = sessionFolder(id);
  const shown = new Map(
    outputArtifacts(readJson(text)).map(({ path, type }) => [`${folder}/${path}`, type])
  );
  return artifacts.map(each => ({
    ...each,
    type: shown.get(each.path ?? '') ?? each.type
  }));
}

/** Undefined for what is no JSON. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Path of the volume's copy of a session's notebook. */
export function notebookCopy(session: Pick<ISession, 'id'>): string {
  return `${sessionFolder(session.id)}/${session.id}.ipynb`;
}
