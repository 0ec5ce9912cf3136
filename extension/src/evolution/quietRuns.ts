import {
  formatRecord,
  parseEvolutionRuns,
  type IEvolutionRun
} from '@llmos-lab/skills';

/** Where the runs are kept: in all tabs the same, and there after a reload. */
type QuietStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** How many runs of each job are kept. */
const MOST = 20;

/**
 * The runs of a volume's jobs that found nothing. This browser keeps them, so that it knows
 * when the next one is due: a commit of each would fill the history of the volume.
 */
export class QuietRuns {
  /** @param site base of the site: other sites of the origin have volumes of their own */
  constructor(
    private readonly _storage: QuietStorage,
    site: string,
    volume: string
  ) {
    this._key = `llmos-quiet-runs:${site}:${volume}`;
  }

  /** Oldest first. */
  read(): readonly IEvolutionRun[] {
    return parseEvolutionRuns(this._storage.getItem(this._key) ?? '');
  }

  /**
   * Keeps one more, in place of its job's oldest.
   *
   * @throws QuotaExceededError where the browser has no room
   */
  add(run: IEvolutionRun): void {
    const all = [...this.read(), run];
    const own = all.filter(({ job }) => job === run.job).slice(-MOST);
    const runs = all.filter(each => each.job !== run.job || own.includes(each));
    this._storage.setItem(this._key, runs.map(formatRecord).join(''));
  }

  private readonly _key: string;
}
