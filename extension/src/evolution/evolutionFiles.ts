import type { TranslationBundle } from '@jupyterlab/translation';
import {
  candidateCommits,
  CANDIDATES,
  candidatePath,
  decisionMessage,
  decisionOf,
  EDITED_BY_HAND,
  EVOLUTION_FOLDER,
  EVOLUTION_RUNS,
  isQuiet,
  parseEvolutionRuns,
  parseRejections,
  proposalCommit,
  readCandidate,
  readContextDraft,
  rejectionLine,
  REJECTIONS,
  removalCommit,
  runLine,
  traceFile,
  VolumeError,
  type Actor,
  type IAuthor,
  type ICandidateFile,
  type ICandidateSteps,
  type IDecision,
  type IContextDraft,
  type IDetectFiles,
  type IEvolutionRun,
  type IFileChange,
  type IJobCommit,
  type IJobLine,
  type ILearnFiles,
  type IRejection,
  type ITraceFile
} from '@llmos-lab/skills';

import { reasonOf } from '../reasonOf';
import { refuseSecrets } from '../session/commit/secretCheck';
import { driveFiles } from '../session/store/driveFiles';
import type { IVolume } from '../tokens';
import type { IApplyOptions } from '../volumes/applying';
import { AppliedSkills } from './appliedSkills';
import type { QuietRuns } from './quietRuns';

/** Whose files they are, and who changes them. */
export interface IEvolutionPlace {
  readonly volume: IVolume;
  readonly author: () => IAuthor;
  /** The job that writes; by default the person at this browser. */
  readonly actor?: Actor;
  /** Where runs go that found nothing; without it into the volume, as all others. */
  readonly quiet?: QuietRuns;
  readonly trans: TranslationBundle;
}

/** What is known of the files that a change goes into. */
interface IChangeOptions extends Pick<IApplyOptions, 'expected'> {
  /** Files outside the folder of evolution that the person may have edited. */
  readonly edited?: readonly string[];
}

/** What waits for review. */
export interface IWaitingFiles {
  readonly candidates: readonly ICandidateFile[];
  readonly drafts: readonly IContextDraft[];
  /** Files that cannot be read, and why. */
  readonly problems: readonly string[];
}

/** The files of evolution in one volume. Whatever changes is a commit. */
export class EvolutionFiles implements ILearnFiles, IDetectFiles {
  constructor(private readonly _place: IEvolutionPlace) {
    this._files = driveFiles(_place.volume.drive);
    this._applied = new AppliedSkills(this._files);
  }

  /** Oldest first. */
  async runs(): Promise<readonly IEvolutionRun[]> {
    const text = (await this._files.text(EVOLUTION_RUNS)) ?? '';
    const runs = [...parseEvolutionRuns(text), ...(this._place.quiet?.read() ?? [])];
    return runs.sort((a, b) => Date.parse(a.started) - Date.parse(b.started));
  }

  async rejections(): Promise<readonly IRejection[]> {
    return parseRejections((await this._files.text(REJECTIONS)) ?? '');
  }

  /** Those that can be read, by id; what a person has broken is left where it is. */
  async candidates(): Promise<readonly ICandidateFile[]> {
    return (await this.waiting()).candidates;
  }

  /** Skills that were applied automatically, and that nobody has reviewed yet, by id. */
  applied(): Promise<readonly ICandidateFile[]> {
    return this._applied.read();
  }

  candidateText(id: string): Promise<string | null> {
    return this._files.text(candidatePath(id));
  }

  /** Guides that a model drafted, by id. */
  async drafts(): Promise<readonly IContextDraft[]> {
    return (await this.waiting()).drafts;
  }

  /** All that waits for review, and what cannot be read there. */
  async waiting(): Promise<IWaitingFiles> {
    const { texts, problems } = await this._waitingTexts();
    return {
      candidates: texts.flatMap(([id, text]) => readCandidate(id, text) ?? []),
      drafts: texts.flatMap(([id, text]) => readContextDraft(id, text) ?? []),
      problems
    };
  }

  async draft(id: string): Promise<IContextDraft | null> {
    const text = await this._files.text(candidatePath(id));
    return text === null ? null : readContextDraft(id, text);
  }

  /** Writes what a model drafted, or said of a candidate. */
  async writeProposed(id: string, text: string): Promise<void> {
    await this._commit(proposalCommit(id, text));
  }

  async candidate(id: string): Promise<ICandidateFile | null> {
    const text = await this._files.text(candidatePath(id));
    return text === null ? null : readCandidate(id, text);
  }

  /** The text of a file of the volume as it is now. */
  text(path: string): Promise<string | null> {
    return this._files.text(path);
  }

  async addRun(run: IEvolutionRun): Promise<void> {
    const { quiet } = this._place;
    if (quiet && isQuiet(run, await this.runs())) {
      try {
        quiet.add(run);
        return;
      } catch {
        // The browser has no room left: the volume's history takes it, as all others.
      }
    }
    await this._append(runLine(run));
  }

  async addRejection(rejection: IRejection): Promise<void> {
    await this._append(rejectionLine(rejection));
  }

  /** Of a person: it says so, since a run's rejections are that run's. */
  async refuse(rejection: IRejection): Promise<void> {
    const message = decisionMessage('rejected', rejection.id);
    await this._append({ ...rejectionLine(rejection), message });
  }

  /** What people have decided, newest first. */
  async decisions(): Promise<readonly IDecision[]> {
    const store = this._place.volume.repository?.store;
    const head = (await store?.head()) ?? null;
    // Commits do not change: all of them are read again only where there are others.
    if (store && head !== this._decided.head) {
      const log = await store.log({ merged: true });
      const all = log.flatMap(entry => decisionOf(entry) ?? []);
      this._decided = { head, all };
    }
    return this._decided.all;
  }

  async writeCandidate(id: string, steps: ICandidateSteps): Promise<void> {
    for (const commit of candidateCommits(id, steps)) {
      await this._commit(commit);
    }
  }

  /**
   * Gives a candidate another file, or another text.
   *
   * @param before its text as it was read
   * @throws VolumeError `conflict` when it is another by now, or the new file is there
   */
  async moveCandidate(
    from: string,
    to: string,
    { before, text }: { readonly before: string; readonly text: string }
  ): Promise<void> {
    const isSame = from === to;
    await this.apply(
      `Rename the learned skill ${from} to ${to}`,
      [
        ...(isSame ? [] : [change(candidatePath(from), null)]),
        change(candidatePath(to), text)
      ],
      {
        expected: [
          change(candidatePath(from), before),
          ...(isSame ? [] : [change(candidatePath(to), null)])
        ]
      }
    );
  }

  async removeCandidate(id: string): Promise<void> {
    if ((await this._files.text(candidatePath(id))) !== null) {
      await this._commit(removalCommit(id));
    }
  }

  /**
   * Makes files what is given and commits that. What a person has edited in the folder of
   * evolution, or in what is `edited`, is committed first, as theirs: a save is no commit.
   *
   * @returns the commit's SHA-1, or null when nothing differed
   * @throws SecretsError, VolumeError
   */
  async apply(
    message: string,
    changes: readonly IFileChange[],
    { edited = [], ...options }: IChangeOptions = {}
  ): Promise<string | null> {
    const { volume, author, actor, trans } = this._place;
    const { repository, name } = volume;
    if (!repository) {
      throw new Error(trans.__('The volume "%1" has no history here.', name));
    }
    const check = refuseSecrets(repository.store);
    await check(changes, message);
    const who = { author: author(), ...(actor && { actor }) };
    try {
      return await repository.apply({ changes, message, ...who, ...options });
    } catch (error) {
      if (!isEdited(error, edited)) {
        throw error;
      }
    }
    const edits = { paths: [EVOLUTION_FOLDER, ...edited], message: EDITED_BY_HAND };
    await repository.commit({ ...edits, ...who, check });
    return repository.apply({ changes, message, ...who, ...options });
  }

  /**
   * Looks through what a person says, before a change of which a later step keeps it.
   *
   * @throws SecretsError
   */
  async checkWords(words: string): Promise<void> {
    const { repository } = this._place.volume;
    if (repository) {
      await refuseSecrets(repository.store)([], words);
    }
  }

  /** The traces of each session, with whose they are. */
  async traces(
    onProgress: (done: number, total: number) => void,
    signal: AbortSignal
  ): Promise<readonly ITraceFile[]> {
    const sessions = await this._files.entries('sessions');
    const found: ITraceFile[] = [];
    for (const [index, { name }] of sessions.entries()) {
      signal.throwIfAborted();
      const text = await this._files.text(`sessions/${name}/traces.jsonl`);
      if (text !== null) {
        const session = await this._files.text(`sessions/${name}/session.json`);
        found.push(traceFile(text, session));
      }
      onProgress(index + 1, sessions.length);
    }
    return found;
  }

  /** What waits in the folder of candidates, each text with the id that it is named by. */
  private async _waitingTexts(): Promise<{
    readonly texts: readonly (readonly [id: string, text: string])[];
    readonly problems: readonly string[];
  }> {
    const texts: (readonly [string, string])[] = [];
    const problems: string[] = [];
    const names = (await this._files.entries(CANDIDATES))
      .filter(({ type, name }) => type !== 'directory' && name.endsWith('.md'))
      .map(({ name }) => name);
    const read = await Promise.allSettled(
      names.map(name => this._files.text(`${CANDIDATES}/${name}`))
    );
    for (const [at, name] of names.entries()) {
      const each = read[at];
      if (each?.status === 'rejected') {
        problems.push(`${CANDIDATES}/${name}: ${reasonOf(each.reason)}`);
      } else if (typeof each?.value === 'string') {
        texts.push([name.slice(0, -'.md'.length), each.value]);
      }
    }
    return { texts, problems };
  }

  private async _commit({
    message,
    change: { path, text }
  }: IJobCommit): Promise<void> {
    await this.apply(message, [change(path, text)]);
  }

  /** Adds a line, after those that other tabs added meanwhile. */
  private async _append({ path, line, message }: IJobLine): Promise<void> {
    for (;;) {
      const before = await this._files.text(path);
      try {
        await this.apply(message, [change(path, (before ?? '') + line)], {
          expected: [change(path, before)]
        });
        return;
      } catch (error) {
        const isOld =
          error instanceof VolumeError &&
          error.code === 'conflict' &&
          (await this._files.text(path)) !== before;
        if (!isOld) {
          throw error;
        }
      }
    }
  }

  /** What was decided up to a commit. */
  private _decided: {
    readonly head: string | null;
    readonly all: readonly IDecision[];
  } = { head: null, all: [] };
  private readonly _files: ReturnType<typeof driveFiles>;
  private readonly _applied: AppliedSkills;
}

/** Whether files here may have edits that are not committed: those are not expected. */
function isEdited(error: unknown, edited: readonly string[]): boolean {
  return (
    error instanceof VolumeError &&
    (error.code === 'dirty' ||
      (error.code === 'conflict' &&
        error.paths.every(
          path => path.startsWith(`${EVOLUTION_FOLDER}/`) || edited.includes(path)
        )))
  );
}

/** A file as it is to be. */
export function change(path: string, text: string | null): IFileChange {
  return { path, content: text === null ? null : new TextEncoder().encode(text) };
}
