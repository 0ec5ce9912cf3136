/** The last step of a run: a language model reads what was committed lately, as in the site. */
import {
  detect,
  type IEvolutionRun,
  type ILearnOptions,
  type ILogEntry
} from '@llmos-lab/skills';
import type { IClone } from '../clone';
import { now } from '../clock';
import type { ILibrary } from '../library';
import { Model } from '../model/model';
import type { IModelAccess } from '../model/messages';
import type { IProgress } from '../progress';
import type { VolumeFiles } from './volumeFiles';

/** Which model is asked, and what it reads. */
export interface IAskOptions extends IModelAccess {
  /** Of history. */
  readonly days: number;
}

/** What the model reads, and where it writes. */
interface IAskContext {
  readonly clone: IClone | null;
  /** Its history, newest first. */
  readonly log: readonly ILogEntry[];
  readonly files: VolumeFiles;
  readonly library: Pick<ILibrary, 'entries'>;
  readonly signal: ILearnOptions['signal'];
  readonly progress: IProgress;
}

/** Asks the model at the end of a run, and knows what came of it. */
export class Asking {
  constructor({ days, ...access }: IAskOptions) {
    this.model = new Model(access);
    this._days = days;
  }

  readonly model: Model;

  /** Why no request was made. */
  whyNot?: string;

  /** What went wrong with the model, as sentences: of the record's notes those. */
  notes: readonly string[] = [];

  /** Gives what is in the record; what is wrong with the model stops nothing. */
  async ask({
    clone,
    log,
    library: { entries },
    progress,
    ...more
  }: IAskContext): Promise<Partial<IEvolutionRun>> {
    if (clone && clone.owner.kind !== 'user') {
      this.whyNot = 'it reads the history of your own volume alone, as in the site';
      return {};
    }
    progress.show('Asking the model');
    const { complete } = this.model;
    const store = { log: () => Promise.resolve(log) };
    const days = this._days;
    const found = await detect({
      ...more,
      ...{ entries, days, now: now(), store, complete }
    });
    this.notes = found.notes ?? [];
    if (this.model.requests === 0 && this.notes.length === 0) {
      this.whyNot = `too little was committed in the last ${days} days`;
    }
    return found;
  }

  private readonly _days: number;
}
