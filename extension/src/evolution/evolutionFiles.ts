import {
  formatRecord,
  parseCommit,
  parseEvolutionRuns,
  parseRejections,
  parseSkill,
  readProvenance,
  readReview,
  type IEvolutionRun,
  type IExecutableSkill,
  type ILogEntry,
  type IProvenance,
  type IRejection,
  type IReview
} from '@llmos-lab/skills';

import { driveFiles, type FilesDrive } from '../session/store/driveFiles';

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
const RUNS = `${EVOLUTION_FOLDER}/runs.jsonl`;
const REJECTED = `${EVOLUTION_FOLDER}/rejected.jsonl`;
const CANDIDATES = `${EVOLUTION_FOLDER}/candidates`;

/** The files of evolution in one volume. */
export class EvolutionFiles {
  constructor(drive: FilesDrive) {
    this._files = driveFiles(drive);
  }

  /** Oldest first. */
  async runs(): Promise<readonly IEvolutionRun[]> {
    return parseEvolutionRuns((await this._files.text(RUNS)) ?? '');
  }

  async rejections(): Promise<readonly IRejection[]> {
    return parseRejections((await this._files.text(REJECTED)) ?? '');
  }

  /** Those that can be read, by id; what a person has broken is left where it is. */
  async candidates(): Promise<readonly ICandidateFile[]> {
    const entries = await this._files.entries(CANDIDATES);
    const found = await Promise.all(
      entries
        .filter(({ type, name }) => type !== 'directory' && name.endsWith('.md'))
        .map(({ name }) => this.candidate(name.slice(0, -'.md'.length)))
    );
    return found.flatMap(candidate => candidate ?? []);
  }

  async candidate(id: string): Promise<ICandidateFile | null> {
    const path = candidatePath(id);
    const text = await this._files.text(path);
    const skill = text === null ? null : parseSkill(text, path).skill;
    const provenance = text === null ? null : readProvenance(text);
    const review = text === null ? null : readReview(text);
    return text !== null && skill?.kind === 'executable' && provenance && review
      ? { id, path, text, skill, provenance, review }
      : null;
  }

  addRun(run: IEvolutionRun): Promise<void> {
    return this._append(RUNS, formatRecord(run));
  }

  addRejection(rejection: IRejection): Promise<void> {
    return this._append(REJECTED, formatRecord(rejection));
  }

  writeCandidate(id: string, text: string): Promise<void> {
    return this._files.write(candidatePath(id), text);
  }

  removeCandidate(id: string): Promise<void> {
    return this._files.remove(candidatePath(id));
  }

  /** Session ids, and the text of each one's traces. */
  async traces(
    onProgress: (done: number, total: number) => void,
    signal: AbortSignal
  ): Promise<readonly string[]> {
    const sessions = await this._files.entries('sessions');
    const texts: string[] = [];
    for (const [index, { name }] of sessions.entries()) {
      signal.throwIfAborted();
      const text = await this._files.text(`sessions/${name}/traces.jsonl`);
      if (text !== null) {
        texts.push(text);
      }
      onProgress(index + 1, sessions.length);
    }
    return texts;
  }

  /** The folder must be there before lines are added. */
  private async _append(path: string, line: string): Promise<void> {
    if ((await this._files.text(path)) === null) {
      await this._files.write(path, '');
    }
    await this._files.append(path, line);
  }

  private readonly _files: ReturnType<typeof driveFiles>;
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
