/** The second detector: a language model reads what was committed lately (R7.5). */
import type { Completion } from '../assistant/turn';
import { parseCommit } from '../session/commitMessage';
import type { IVolumeStore } from '../volume/store';
import type { ICandidateFile } from './candidateFile';
import {
  readContextDraft,
  refusedDraft,
  toContextSkill,
  type IContextDraft
} from './contextDraft';
import {
  detectorRequest,
  MOST_COMMITS,
  readDetection,
  type IDetection,
  type IDetectorCommit,
  type IUnnamed
} from './detector';
import type { ILearnFiles, ILibraryFile, IStopSignal } from './learnOptions';
import type { IEvolutionRun } from './records';
import { withReview } from './review';
import { stopIf } from './stopIf';

/** The files that it reads, and into which it writes what waits for review. */
export interface IDetectFiles extends Pick<
  ILearnFiles,
  'candidates' | 'candidateText' | 'rejections'
> {
  candidate(id: string): Promise<ICandidateFile | null>;
  /** Guides that a model drafted. */
  drafts(): Promise<readonly IContextDraft[]>;
  /** Writes what a model drafted, or said of a candidate. */
  writeProposed(id: string, text: string): Promise<void>;
}

/** What asking needs. */
export interface IDetectOptions<S extends IStopSignal = IStopSignal> {
  readonly files: IDetectFiles;
  readonly store: Pick<IVolumeStore, 'log'>;
  readonly entries: readonly ILibraryFile[];
  /** Asks the model one question. */
  readonly complete: (
    question: { readonly system: string; readonly text: string },
    signal: S
  ) => Promise<Completion>;
  /** Days of history that the model reads. */
  readonly days: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly signal: S;
}

/**
 * Asks the model, keeps what it drafts as candidates, and suggests better names. Nothing is
 * asked where there is too little to read.
 */
export async function detect<S extends IStopSignal>(
  options: IDetectOptions<S>
): Promise<Partial<IEvolutionRun>> {
  const { files, store, days, now, complete, signal } = options;
  const since = now / 1000 - days * 86_400;
  const commits = (await store.log({ merged: true }))
    .filter(({ author }) => author.time >= since)
    .filter(({ message }) => parseCommit(message).kind === 'session')
    .slice(0, MOST_COMMITS)
    .map(({ oid, message }) => ({ oid, message }));
  const unnamed = await unnamedOf(options);
  if (commits.length < 2 && unnamed.length === 0) {
    return {};
  }
  const answer = await complete(detectorRequest(commits, unnamed), signal);
  stopIf(signal);
  if (answer.kind === 'unset') {
    return {};
  }
  if (answer.kind === 'failed') {
    return { notes: [`The model could not be asked: ${answer.reason}`] };
  }
  const found = readDetection(answer.text, commits, unnamed);
  const { drafted, left } = await keepDrafts(options, found, commits, answer.model);
  for (const { id, name, description } of found.names) {
    const candidate = await files.candidate(id);
    if (candidate) {
      const review = { ...candidate.review, suggestion: { name, description } };
      await files.writeProposed(id, withReview(candidate.text, review));
    }
  }
  const notes = [...found.problems, ...left];
  return {
    detected: found.patterns.map(({ name, description, confidence, indices }) => ({
      ...{ name, description, confidence },
      commits: indices.flatMap(index => commits[index]?.oid ?? [])
    })),
    ...(drafted.length > 0 && { drafted }),
    ...(notes.length > 0 && { notes })
  };
}

async function unnamedOf({
  files,
  entries
}: Pick<IDetectOptions, 'files' | 'entries'>): Promise<readonly IUnnamed[]> {
  const nameOf = (id: string): string =>
    entries.find(({ skill }) => skill.id === id)?.skill.name ?? id;
  return (await files.candidates())
    .filter(({ review }) => review.updates === undefined && !review.suggestion)
    .map(({ id, provenance }) => ({
      id,
      steps: provenance.members.map(({ skill }) => nameOf(skill))
    }));
}

/**
 * Drafts what nothing that is there, waits or was refused has said already.
 *
 * @returns the ids of the drafts, and what was left as it is, as sentences
 */
async function keepDrafts(
  { files, entries, now }: Pick<IDetectOptions, 'files' | 'entries' | 'now'>,
  { patterns }: IDetection,
  commits: readonly IDetectorCommit[],
  model: string
): Promise<Readonly<Record<'drafted' | 'left', readonly string[]>>> {
  const drafted: string[] = [];
  const left: string[] = [];
  const [drafts, candidates, rejections] = await Promise.all([
    files.drafts(),
    files.candidates(),
    files.rejections()
  ]);
  const known = [
    ...drafts.map(({ origin }) => origin.commits),
    ...entries.flatMap(({ skill, text }) => {
      const learned = text.includes('by: model')
        ? readContextDraft(skill.id, text)
        : null;
      return learned ? [learned.origin.commits] : [];
    }),
    ...rejections.flatMap(({ signature }) => {
      const refused = refusedDraft(signature);
      return refused ? [refused] : [];
    })
  ];
  const taken = new Set(
    [...entries.map(({ skill }) => skill), ...drafts, ...candidates].map(({ id }) => id)
  );
  for (const pattern of patterns) {
    const cited = pattern.indices.flatMap(index => commits[index]?.oid ?? []);
    const isKnown = known.some(
      each => 2 * cited.filter(oid => each.includes(oid)).length >= cited.length
    );
    const made = isKnown
      ? null
      : toContextSkill(pattern, {
          ...{ commits, model, date: new Date(now).toISOString() },
          taken: id => taken.has(id)
        });
    if (made && (await files.candidateText(made.id)) !== null) {
      left.push(
        `"${made.id}" was not drafted: its file is there and cannot be read as a guide. ` +
          'It was left as it is.'
      );
    } else if (made) {
      taken.add(made.id);
      known.push(made.origin.commits);
      await files.writeProposed(made.id, made.text);
      drafted.push(made.id);
    }
  }
  return { drafted, left };
}
