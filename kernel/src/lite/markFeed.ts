import type { IKeyMarks, IResultCache } from '@llmos-lab/kernel';
import type { IMarks } from './protocol';

/** Which marks one worker has been given, and so which it lacks. */
export class MarkFeed {
  constructor(private readonly _cache: Pick<IResultCache, 'marks'>) {}

  /** What to send now; undefined when the worker knows all. */
  async next(): Promise<IMarks | undefined> {
    const { epoch, all }: IKeyMarks = await this._cache.marks();
    const anew = epoch !== this._epoch;
    const added = all.slice(anew ? 0 : this._sent);
    this._epoch = epoch;
    this._sent = all.length;
    return anew || added.length > 0 ? { added, anew } : undefined;
  }

  private _epoch = 0;
  private _sent = 0;
}
