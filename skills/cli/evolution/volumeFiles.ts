import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  candidateCommits,
  CANDIDATES,
  candidatePath,
  endLine,
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
  type ICandidateFile,
  type ICandidateSteps,
  type IContextDraft,
  type IDetectFiles,
  type IEvolutionRun,
  type IJobLine,
  type ILearnFiles,
  type IRejection,
  type ITextChange,
  type ITraceFile
} from '@llmos-lab/skills';
import { absent } from '../absent';
import { appendLines } from '../appendLines';
import { placeIn } from '../placeIn';
import { tracePaths } from '../sessionFiles';
import { writeWhole } from '../writeWhole';

/** Commits changes of a job at once; null when nothing differs. */
export type CommitNow = (
  message: string,
  changes: readonly ITextChange[]
) => Promise<string | null>;

/** How what a run writes is kept. */
export interface IVolumeFilesOptions {
  /** In memory only: in the volume nothing changes. */
  readonly dryRun: boolean;
  /** One commit after the other, as in the site; without it in files, for review. */
  readonly commit?: CommitNow;
}

/** The files of evolution in a folder. */
export class VolumeFiles implements ILearnFiles, IDetectFiles {
  constructor(
    private readonly _folder: string,
    { dryRun, commit }: IVolumeFilesOptions
  ) {
    this._dryRun = dryRun;
    this._commitNow = commit ?? null;
  }

  /** What this run has written, by path; null for what it took away. */
  readonly written = new Map<string, string | null>();

  /** Paths of files that it has written or taken away without a commit. */
  readonly left = new Set<string>();

  /** @throws CommandFailure where the folder is no volume */
  async traces(
    onProgress: (done: number, total: number) => void
  ): Promise<readonly ITraceFile[]> {
    const found: ITraceFile[] = [];
    const paths = await tracePaths(this._folder);
    for (const [index, path] of paths.entries()) {
      const session = path.replace(/traces\.jsonl$/, 'session.json');
      found.push(traceFile((await this._text(path)) ?? '', await this._text(session)));
      onProgress(index + 1, paths.length);
    }
    return found;
  }

  async rejections(): Promise<readonly IRejection[]> {
    return parseRejections((await this._text(REJECTIONS)) ?? '');
  }

  candidates(): Promise<readonly ICandidateFile[]> {
    return this._each(readCandidate);
  }

  /** Guides that a model drafted. */
  drafts(): Promise<readonly IContextDraft[]> {
    return this._each(readContextDraft);
  }

  candidateText(id: string): Promise<string | null> {
    return this._text(candidatePath(id));
  }

  /** Nothing is written of a run that only says when it was; a browser keeps those. */
  async addRun(run: IEvolutionRun): Promise<void> {
    const before = parseEvolutionRuns((await this._text(EVOLUTION_RUNS)) ?? '');
    if (!isQuiet(run, before)) {
      await this._append(runLine(run));
    }
  }

  async addRejection(rejection: IRejection): Promise<void> {
    await this._append(rejectionLine(rejection));
  }

  async writeCandidate(id: string, steps: ICandidateSteps): Promise<void> {
    for (const { message, change } of candidateCommits(id, steps)) {
      await this.apply(message, [change]);
    }
  }

  async removeCandidate(id: string): Promise<void> {
    if ((await this._text(candidatePath(id))) !== null) {
      const { message, change } = removalCommit(id);
      await this.apply(message, [change]);
    }
  }

  /** Writes what a model drafted, or said of a candidate. */
  async writeProposed(id: string, text: string): Promise<void> {
    const { message, change } = proposalCommit(id, text);
    await this.apply(message, [change]);
  }

  /** A candidate that waits, also one that only this run's memory has. */
  async candidate(id: string): Promise<ICandidateFile | null> {
    const text = await this._text(candidatePath(id));
    return text === null ? null : readCandidate(id, text);
  }

  /** From now on only in memory. */
  stopWriting(): void {
    this._dryRun = true;
  }

  /**
   * Changes files of the volume.
   *
   * @returns the commit's SHA-1, or null where none is made
   */
  async apply(
    message: string,
    changes: readonly ITextChange[]
  ): Promise<string | null> {
    changes.forEach(({ path, text }) => this.written.set(path, text));
    if (this._dryRun) {
      return null;
    }
    if (this._commitNow) {
      return this._commitNow(message, changes);
    }
    for (const { path, text } of changes) {
      this.left.add(path);
      const place = placeIn(this._folder, path);
      await (text === null ? rm(place, { force: true }) : writeWhole(place, text));
    }
    return null;
  }

  /** The text of a file as it is now; null where there is none. */
  text(path: string): Promise<string | null> {
    return this._text(path);
  }

  /** What the files of candidates are, by their names; null: left out. */
  private async _each<T>(
    read: (id: string, text: string) => T | null
  ): Promise<readonly T[]> {
    const folder = placeIn(this._folder, CANDIDATES);
    const names = existsSync(folder) ? await readdir(folder) : [];
    const fresh = [...this.written.keys()].filter(path => path.startsWith(CANDIDATES));
    const ids = new Set(
      [...names, ...fresh.map(path => basename(path))]
        .filter(name => name.endsWith('.md') && !name.startsWith('.'))
        .map(name => name.slice(0, -'.md'.length))
    );
    const found = await Promise.all(
      [...ids].sort().map(async id => {
        const text = await this._text(candidatePath(id));
        return text === null ? null : read(id, text);
      })
    );
    return found.filter(each => each !== null);
  }

  private async _append({ message, path, line }: IJobLine): Promise<void> {
    if (this._dryRun || this._commitNow) {
      const before = (await this._text(path)) ?? '';
      const text = endLine(before) + line;
      await this.apply(message, [{ path, text }]);
      return;
    }
    this.left.add(path);
    await appendLines(placeIn(this._folder, path), line);
  }

  private async _text(path: string): Promise<string | null> {
    const written = this.written.get(path);
    if (written !== undefined) {
      return written;
    }
    return readFile(placeIn(this._folder, path), 'utf8').catch(absent);
  }

  private _dryRun: boolean;
  private readonly _commitNow: CommitNow | null;
}
