import type { TranslationBundle } from '@jupyterlab/translation';
import {
  candidatePath,
  EVOLUTION_FOLDER,
  skillPath,
  type EvolutionJob,
  type ICandidateFile,
  type IDecision,
  type IEvolutionRun,
  type IRejection
} from '@llmos-lab/skills';

import { reasonOf } from '../reasonOf';
import type { EvolutionFiles } from './evolutionFiles';
import type { IDraft, IReviewed } from './tokens';

/** What {@link Kept} reads. */
interface IKeptOptions {
  readonly files: EvolutionFiles;
  readonly job: EvolutionJob;
  /** Name of the volume. */
  readonly volume: string;
  readonly trans: TranslationBundle;
}

/** What a volume keeps of evolution, as it was read last: runs, what waits, decisions. */
export class Kept {
  constructor(private readonly _options: IKeptOptions) {}

  get runs(): readonly IEvolutionRun[] {
    return this._runs;
  }

  /** Guides that a model drafted. */
  get drafts(): readonly IDraft[] {
    return this._drafts;
  }

  /** What people have decided, newest first. */
  get decisions(): readonly IDecision[] {
    return this._decisions;
  }

  /** What people have refused, oldest first. */
  get rejections(): readonly IRejection[] {
    return this._rejections;
  }

  /** Those that wait. */
  get candidates(): readonly IReviewed[] {
    return this._candidates;
  }

  /** Those that were applied automatically and that nobody has reviewed. */
  get applied(): readonly IReviewed[] {
    return this._applied;
  }

  /** Whether a file of the volume is one of those that it reads. */
  reads(path: string): boolean {
    return (
      path.startsWith(`${EVOLUTION_FOLDER}/`) ||
      [...this._candidates, ...this._applied].some(
        ({ skill }) => skillPath(skill.id) === path
      )
    );
  }

  /** @throws Error that says which files could not be read; the others were */
  async load(): Promise<void> {
    const { files, volume, job } = this._options;
    const [runs, rejections, waiting, applied, read] = await Promise.all([
      files.runs(),
      files.rejections(),
      files.waiting(),
      files.applied(),
      this._readDecisions()
    ]);
    const { candidates, drafts } = waiting;
    // Who accepts an update has reviewed the skill that it goes into.
    this._applied = applied
      .filter(({ id }) => !candidates.some(candidate => candidate.id === id))
      .map(each => ({ ...each, volume, isApplied: true }));
    this._drafts = drafts.map(draft => ({
      ...{ ...draft, volume, path: candidatePath(draft.id) }
    }));
    this._rejections = rejections.filter(({ by }) => by === 'person');
    this._runs = runs.filter(run => run.job === job);
    // What a run has applied is told with that run: nobody has decided on it.
    const made = runs.flatMap(run => (run.applied ?? []).map(({ commit }) => commit));
    this._decisions = read.decisions.filter(({ commit }) => !made.includes(commit));
    this._candidates = await Promise.all(candidates.map(each => this._review(each)));
    const problems = [...waiting.problems, ...read.problems];
    if (problems.length > 0) {
      // Shown beside all that could be read.
      throw new Error(problems.join('; '));
    }
  }

  /** Decisions of the log; where it has a fault, those from before and what is wrong. */
  private async _readDecisions(): Promise<{
    readonly decisions: readonly IDecision[];
    readonly problems: readonly string[];
  }> {
    const { files, trans } = this._options;
    try {
      return { decisions: await files.decisions(), problems: [] };
    } catch (error) {
      const problem = trans.__('the history of decisions: %1', reasonOf(error));
      return { decisions: this._decisions, problems: [problem] };
    }
  }

  private async _review(candidate: ICandidateFile): Promise<IReviewed> {
    const { files, volume } = this._options;
    const isUpdate = candidate.review.updates !== undefined;
    const current = isUpdate ? await files.text(skillPath(candidate.skill.id)) : null;
    return { ...candidate, volume, ...(current !== null && { current }) };
  }

  private _runs: readonly IEvolutionRun[] = [];
  private _decisions: readonly IDecision[] = [];
  private _rejections: readonly IRejection[] = [];
  private _candidates: readonly IReviewed[] = [];
  private _applied: readonly IReviewed[] = [];
  private _drafts: readonly IDraft[] = [];
}
