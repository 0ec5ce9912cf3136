import {
  candidateCommits,
  CANDIDATES,
  EDITED_BY_HAND,
  EVOLUTION_RUNS,
  isEdited,
  isNewSkill,
  parseEvolutionRuns,
  parseRejections,
  proposalCommit,
  readCandidate,
  REJECTIONS,
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
    return EDITED_BY_HAND; // Of a file that is gone nothing tells who took it away.
  }
  const isRecord = RECORD_FILES[path];
  if (isRecord) {
    return isAppended(old ?? '', text, isRecord) ? RECORDS : EDITED_BY_HAND;
  }
  const id = basename(path, '.md');
  const candidate = path.startsWith(`${CANDIDATES}/`) ? readCandidate(id, text) : null;
  if (!candidate || isEdited(candidate)) {
    return EDITED_BY_HAND;
  }
  const [learned] = isNewSkill(candidate.review)
    ? candidateCommits(id, { learned: text })
    : [];
  return (learned ?? proposalCommit(id, text)).message;
}

const RECORDS = 'evolution: Record earlier runs';

/** Files to which runs add lines, and whether a line is one of theirs. */
const RECORD_FILES: Readonly<Record<string, (line: string) => boolean>> = {
  [EVOLUTION_RUNS]: line => parseEvolutionRuns(line).length === 1,
  [REJECTIONS]: line => parseRejections(line)[0]?.by === 'replay'
};

/** Whether a file of records has only got more of them. */
function isAppended(
  before: string,
  text: string,
  isRecord: (line: string) => boolean
): boolean {
  const lines = text.slice(before.length).trimEnd().split('\n');
  return text.startsWith(before) && lines.every(isRecord);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
