/** What evolution wrote last of a skill, and how an update meets what people made of it. */
import { parseCommit } from '../session/commitMessage';
import type { ILogEntry, IVolumeStore } from '../volume/store';
import { candidatePath } from './candidateFile';
import type { ICompound } from './compound';
import { wordsDigest } from './edits';
import { learnedIn, proposedIn } from './jobCommits';
import type { Update } from './learnOptions';
import { readProvenance } from './provenance';
import { withoutReview } from './review';
import { renewSkill } from './renew';

type History = Pick<IVolumeStore, 'read' | 'log'>;

/** The skill as it stands in its volume. */
export interface ICurrentSkill {
  readonly id: string;
  /** Path within the volume. */
  readonly path: string;
  readonly text: string;
  /** `sha256:` of its file. */
  readonly version: string;
}

/** Merges what was learned anew into the skill as it is now. */
export async function updateOf(
  store: History,
  current: ICurrentSkill,
  compound: ICompound
): Promise<Update> {
  const base = (await lastLearned(store, current)) ?? '';
  if (base === '') {
    // Without what evolution wrote nobody can tell what people have edited.
    return { conflict: 'What was learned before is not in the history.' };
  }
  const renewed = renewSkill({
    base: withoutReview(base),
    theirs: withoutReview(current.text),
    ours: compound.text
  });
  if ('conflict' in renewed) {
    return renewed;
  }
  const { text, skill } = renewed;
  const asked = compound.provenance.values.flatMap(({ input }) => input ?? []);
  const gone = asked.find(input => !skill.inputs.some(({ name }) => name === input));
  return gone === undefined
    ? { compound: { ...compound, text, skill }, updates: current.version }
    : { conflict: `Its input "${gone}" was renamed or taken away.` };
}

/**
 * The text that evolution wrote last, as the job committed it: before a person accepted
 * it, who may have edited it then. Else what was accepted, unless that was an update, into
 * which a person's edits were merged.
 */
async function lastLearned(
  store: History,
  { id, path, text }: ICurrentSkill
): Promise<string | null> {
  const log = await store.log({ merged: true });
  const at = log.findIndex(entry => learning(entry, id) !== null);
  const accepted = log[at];
  if (!accepted) {
    return null;
  }
  const signature = readProvenance(text)?.signature;
  for (const { message, oid } of log.slice(at + 1)) {
    // Only that file is as it was learned; others of the commit may be merged ones.
    const learned = learnedIn(message);
    const candidate =
      learned === null ? null : await textAt(store, candidatePath(learned), oid);
    if (candidate !== null && readProvenance(candidate)?.signature === signature) {
      return candidate;
    }
  }
  return learning(accepted, id) === 'update' ? null : textAt(store, path, accepted.oid);
}

/** The text of a candidate as evolution has proposed it, by its digest; null: not found. */
export async function proposedText(
  store: History,
  digest: string
): Promise<string | null> {
  for (const { message, oid } of await store.log({ merged: true })) {
    const id = proposedIn(message);
    const text = id === null ? null : await textAt(store, candidatePath(id), oid);
    if (text !== null && wordsDigest(text) === digest) {
      return text;
    }
  }
  return null;
}

/** Whether the commit makes or renews the skill. */
function learning({ message }: ILogEntry, id: string): 'create' | 'update' | null {
  const commit = parseCommit(message);
  return commit.kind === 'evolution' && commit.skill === id ? commit.action : null;
}

async function textAt(
  store: History,
  path: string,
  at: string
): Promise<string | null> {
  const bytes = await store.read(path, at);
  return bytes && new TextDecoder().decode(bytes);
}
