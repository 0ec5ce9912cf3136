/** Where evolution keeps its files in a volume, and a learned skill that waits there. */
import { formatCommit, parseCommit } from '../session/commitMessage';
import { parseSkill } from '../skill/parse';
import type { IExecutableSkill } from '../skill/skill';
import type { ILogEntry } from '../volume/store';
import { readProvenance, type IProvenance } from './provenance';
import { readReview, type IReview } from './review';

/** A learned skill that waits for review. */
export interface ICandidateFile {
  readonly id: string;
  /** Path within the volume. */
  readonly path: string;
  readonly text: string;
  readonly skill: IExecutableSkill;
  readonly provenance: IProvenance;
  readonly review: IReview;
}

/** Folder of all that evolution keeps in a volume. */
export const EVOLUTION_FOLDER = 'evolution';
/** One line a run of a job. */
export const EVOLUTION_RUNS = `${EVOLUTION_FOLDER}/runs.jsonl`;
/** One line a rejected workflow. */
export const REJECTIONS = `${EVOLUTION_FOLDER}/rejected.jsonl`;
/** Folder of the skills that wait for review. */
export const CANDIDATES = `${EVOLUTION_FOLDER}/candidates`;

/** Reads a candidate's file; `null` for what is none, or was broken by its editor. */
export function readCandidate(id: string, text: string): ICandidateFile | null {
  const learned = readLearned(id, text);
  const review = readReview(text);
  return learned && review ? { ...learned, review } : null;
}

/** A candidate of which a run that was cut off has not written all; null when it is none. */
export function readLearned(
  id: string,
  text: string
): Omit<ICandidateFile, 'review'> | null {
  const path = candidatePath(id);
  const { skill } = parseSkill(text, path);
  const provenance = readProvenance(text);
  return skill?.kind === 'executable' && provenance
    ? { id, path, text, skill, provenance }
    : null;
}

/** Path of a candidate's file within its volume. */
export function candidatePath(id: string): string {
  return `${CANDIDATES}/${id}.md`;
}

/** The commit of each run that a session's commit names. */
export function commitsOfRuns(
  log: readonly ILogEntry[]
): readonly (readonly [trace: string, commit: string])[] {
  const found = new Map<string, string>();
  for (const { oid, message } of log) {
    const commit = parseCommit(message);
    for (const { key, value } of commit.kind === 'session' ? commit.trailers : []) {
      const trace = key === 'Run' ? (value.split(' ')[0] ?? '') : '';
      if (trace !== '') {
        // The log begins with the newest: the first commit that has the run wins.
        found.set(trace, oid);
      }
    }
  }
  return [...found];
}

/** `Evolution: Create skill X from N traces`, or `Update`, with the traces as trailers. */
export function acceptMessage(
  skill: string,
  { runs, traces }: Pick<IProvenance, 'runs' | 'traces'>,
  action: 'create' | 'update' = 'create'
): string {
  return formatCommit({
    kind: 'evolution',
    ...{ action, skill, traces: runs },
    trailers: traces.map(value => ({ key: 'Trace', value }))
  });
}
