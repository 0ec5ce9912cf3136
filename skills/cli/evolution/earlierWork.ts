import {
  candidateCommits,
  CANDIDATES,
  EDITED_BY_HAND,
  EVOLUTION_RUNS,
  isEdited,
  parseEvolutionRuns,
  proposalCommit,
  readCandidate,
  type IFileChange,
  type IVolumeStore
} from '@llmos-lab/skills';
import { basename } from 'node:path';

/** Changes that belong into one commit. */
export interface IEarlierWork {
  readonly message: string;
  readonly changes: IFileChange[];
}

/**
 * Files of evolution that no commit has so, by what they are: candidates and records as a run
 * without --auto-apply has left them, and what a person has edited.
 */
export async function earlierWork(
  store: Pick<IVolumeStore, 'read'>,
  edits: readonly IFileChange[]
): Promise<readonly IEarlierWork[]> {
  const found = new Map<string, IFileChange[]>();
  for (const edit of edits) {
    const message = messageOf(edit, await store.read(edit.path));
    found.set(message, [...(found.get(message) ?? []), edit]);
  }
  return [...found].map(([message, changes]) => ({ message, changes }));
}

function messageOf({ path, content }: IFileChange, before: Uint8Array | null): string {
  const [text, old] = [content, before].map(bytes => bytes && decode(bytes));
  if (typeof text !== 'string') {
    return EDITED_BY_HAND;
  }
  if (path === EVOLUTION_RUNS) {
    return isAppended(old ?? '', text) ? RECORDS : EDITED_BY_HAND;
  }
  const id = basename(path, '.md');
  const candidate = path.startsWith(`${CANDIDATES}/`) ? readCandidate(id, text) : null;
  if (!candidate || isEdited(candidate)) {
    return EDITED_BY_HAND;
  }
  const { updates, beside } = candidate.review;
  const isNew = updates === undefined && beside === undefined;
  const [learned] = isNew ? candidateCommits(id, { learned: text }) : [];
  return (learned ?? proposalCommit(id, text)).message;
}

const RECORDS = 'evolution: Record earlier runs';

/** Whether a file of records has only got more of them. */
function isAppended(before: string, text: string): boolean {
  const lines = text.slice(before.length).trimEnd().split('\n');
  return (
    text.startsWith(before) &&
    lines.every(line => parseEvolutionRuns(line).length === 1)
  );
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
