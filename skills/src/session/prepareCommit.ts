/** Reads all that a commit of a session needs, and says what it would write. */
import { artifactType, outputArtifacts, type IArtifactFile } from './artifacts';
import { formatCommit } from './commitMessage';
import {
  notebookCopy,
  readDetails,
  type ISessionDetails,
  type ISessionTree
} from './details';
import { exportedFiles } from './exported';
import { scanMessage, scanSecrets, type ISecretFinding } from './secrets';
import { formatSession, type ISession } from './session';
import { commitNotebook, sessionCommit, type OutputPolicy } from './sessionCommit';
import { sessionFolder } from './sessionList';
import { freshPrompt, type IToldBefore } from './toldBefore';

/** What a person decides about a commit of a session. */
export interface ISessionChoice {
  readonly name: string;
  readonly prompt: string;
  readonly outputs: OutputPolicy;
}

/** What a commit would write with these decisions. */
export interface ICommitPreview {
  readonly message: string;
  readonly secrets: readonly ISecretFinding[];
  /** Texts and bytes by path within the volume. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  /** Files that an earlier commit made of outputs that are gone. */
  readonly removed: readonly string[];
}

/** A session read for a commit: the same files, whatever is decided. */
export interface IPreparedCommit {
  readonly session: ISession;
  /** What conversation and runs since the last commit say that it is for. */
  readonly prompt: string;
  /** Null: the notebook is gone, and what was kept of it stays. */
  readonly notebook: unknown;
  readonly details: ISessionDetails;
  /** Files that runs exported beside the notebook, as artifacts. */
  readonly exported: readonly IArtifactFile[];
  /** Secrets in the files of the session that a commit takes as they are. */
  readonly secrets: readonly ISecretFinding[];
  /** Bytes of the runs as they were read: those that come later are told of later. */
  readonly traces: string;
  readonly told: IToldBefore;
}

/**
 * Reads all that a commit of a session needs.
 *
 * @param notebook content of the working notebook, null where there is none
 * @param told what the newest commit of the session has told
 * @param beside reads a file of the notebook's folder, null where there is none; without
 *   it the session keeps what was committed of them
 */
export async function prepareCommit(
  files: ISessionTree,
  session: ISession,
  notebook: unknown,
  told: IToldBefore,
  beside?: ReadBeside
): Promise<IPreparedCommit> {
  const details = await readDetails(files, session.id);
  const folder = sessionFolder(session.id);
  const traces = (await files.text(`${folder}/traces.jsonl`)) ?? '';
  const copy = notebook === null ? [] : [notebookCopy(session)];
  const rewritten = new Set([`${folder}/session.json`, ...copy]);
  const secrets: ISecretFinding[] = [];
  for (const path of await allFiles(files, folder)) {
    const text = rewritten.has(path) ? null : await textOrNull(files, path);
    if (text !== null) {
      secrets.push(...scanSecrets(path, text));
    }
  }
  const prompt = freshPrompt(
    session,
    details.messages,
    [...details.traces].reverse(),
    told
  );
  const kept: ReadBeside = name => files.bytes(`${folder}/artifacts/${name}`);
  const places = beside ? [beside, kept] : [kept];
  const exported = notebook === null ? [] : await readExported(details, places);
  return { session, prompt, notebook, details, exported, secrets, traces, told };
}

/** Reads a file of the folder in which a session's notebook stands. */
export type ReadBeside = (name: string) => Promise<Uint8Array | null>;

/**
 * The files that still are what a run or a turn wrote: of the size that it told, in the
 * first place that has such.
 */
async function readExported(
  { traces, messages }: ISessionDetails,
  places: readonly ReadBeside[]
): Promise<readonly IArtifactFile[]> {
  const found: IArtifactFile[] = [];
  for (const { name, bytes } of exportedFiles([...traces].reverse(), messages)) {
    for (const read of places) {
      const content = await read(name);
      if (content?.length === bytes) {
        const path = `artifacts/${name}`;
        found.push({ type: artifactType(name), name, path, content });
        break;
      }
    }
  }
  return found;
}

/** Paths of all files in a folder. */
async function allFiles(
  files: ISessionTree,
  folder: string
): Promise<readonly string[]> {
  const entries = await files.entries(folder);
  const found = await Promise.all(
    entries.map(async ({ path, type }) =>
      type === 'directory' ? allFiles(files, path) : [path]
    )
  );
  return found.flat();
}

/** A file that is no text has none to scan. */
async function textOrNull(files: ISessionTree, path: string): Promise<string | null> {
  try {
    return await files.text(path);
  } catch (error) {
    const status = (error as { response?: { status?: number } }).response?.status;
    if (status === 400) {
      return null;
    }
    throw error;
  }
}

/** What a commit would write: the same for the dialog's preview and for the commit. */
export function previewCommit(
  prepared: IPreparedCommit,
  choice: ISessionChoice,
  now: string
): ICommitPreview {
  const { session, details, notebook, told } = prepared;
  const folder = sessionFolder(session.id);
  const made = choice.outputs === 'keep' ? artifactsOf(prepared) : [];
  const before = madeBefore(session);
  // A notebook that is gone says nothing of its outputs: what was kept of them stays.
  const isGone = notebook === null;
  const removed = isGone
    ? []
    : before.filter(path => !made.some(file => `${folder}/${file.path}` === path));
  const artifacts = listed(made, details, isGone ? [] : before, folder);
  const outputs = made.map(({ path }) => path);
  // Earlier versions kept a prompt here, which now stands in commits alone.
  const metadata = Object.entries(session.metadata).filter(([key]) => key !== 'prompt');
  const updated: ISession = {
    ...session,
    name: choice.name,
    updated_at: now,
    metadata: {
      ...Object.fromEntries(metadata),
      ...(!isGone && { outputs })
    }
  };
  const files = new Map<string, string | Uint8Array>([
    [`${folder}/session.json`, formatSession(updated)],
    ...made.map(({ path, content }) => [`${folder}/${path}`, content] as const)
  ]);
  if (notebook !== null) {
    files.set(notebookCopy(session), commitNotebook(notebook, choice.outputs));
  }
  const traces = [...details.traces].reverse();
  const message = formatCommit(
    sessionCommit({
      ...{ session: updated, messages: details.messages, traces, artifacts },
      told: told.runs,
      prompt: choice.prompt,
      before: told.path
    })
  );
  const secrets = [...findSecrets(prepared, files, removed), ...scanMessage(message)];
  return { message, secrets, files, removed };
}

/** Outputs of the notebook and exported files; of two with one name the exported one. */
function artifactsOf({
  notebook,
  exported
}: IPreparedCommit): readonly IArtifactFile[] {
  const taken = new Set(exported.map(({ path }) => path.toLowerCase()));
  const outputs = outputArtifacts(notebook);
  return [...outputs.filter(({ path }) => !taken.has(path.toLowerCase())), ...exported];
}

/** Artifacts as the message lists them: files first, then what was only named. */
function listed(
  made: readonly IArtifactFile[],
  { artifacts }: ISessionDetails,
  before: readonly string[],
  folder: string
): readonly { readonly type: string; readonly name: string }[] {
  const paths = new Set([...made.map(({ path }) => `${folder}/${path}`), ...before]);
  return [
    ...made.map(({ type, name }) => ({ type, name })),
    ...artifacts
      .filter(({ path }) => path === undefined || !paths.has(path))
      .map(({ type, name }) => ({ type, name }))
  ];
}

/** Paths of the files that the last commit made of outputs, as `session.json` says. */
function madeBefore({ id, metadata }: ISession): readonly string[] {
  const { outputs } = metadata;
  return Array.isArray(outputs)
    ? outputs
        .filter((path): path is string => typeof path === 'string')
        .filter(path => /^artifacts\/[^/]+$/.test(path))
        .map(path => `${sessionFolder(id)}/${path}`)
    : [];
}

/** In what is written anew, and in what the commit takes as it is and does not remove. */
function findSecrets(
  { secrets }: IPreparedCommit,
  files: ReadonlyMap<string, string | Uint8Array>,
  removed: readonly string[]
): readonly ISecretFinding[] {
  const made = [...files].flatMap(([path, content]) => {
    const isText = typeof content === 'string' || /\.(?:json|svg|csv)$/.test(path);
    const text =
      typeof content === 'string' ? content : new TextDecoder().decode(content);
    return isText ? scanSecrets(path, text) : [];
  });
  const stays = secrets.filter(
    ({ path }) => !files.has(path) && !removed.includes(path)
  );
  return [...made, ...stays];
}
