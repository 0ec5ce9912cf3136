import type { WorkerAnswer } from '../protocol';
import type { SiteCache } from './siteCache';

type Tell = (answer: WorkerAnswer) => void;

/** Keeping the whole site, once at a time, told to every page that asked for it. */
export class Filling {
  /**
   * @param reasonOf says why it failed; may tell the pages more
   * @param turn waits until the next file may be fetched
   */
  constructor(
    private readonly _site: Pick<SiteCache, 'fill'>,
    private readonly _reasonOf: (error: unknown) => Promise<string>,
    private readonly _turn?: () => Promise<void>
  ) {}

  /** Begins, or joins what runs; ends with it. */
  async join(tell: Tell): Promise<void> {
    this._tells.add(tell);
    this._run ??= this._fill();
    await this._run;
  }

  /** Ends it for all who wait; a later start goes on from there. */
  stop(): void {
    this._stop.abort();
  }

  private async _fill(): Promise<void> {
    this._stop = new AbortController();
    try {
      const kept = await this._site.fill(
        kept => this._tellAll({ type: 'kept', kept }),
        this._stop.signal,
        this._turn
      );
      this._tellAll({ type: 'done', kept });
    } catch (error) {
      this._tellAll({ type: 'failed', reason: await this._reasonOf(error) });
    } finally {
      this._run = null;
      this._tells.clear();
    }
  }

  private _tellAll(answer: WorkerAnswer): void {
    this._tells.forEach(tell => tell(answer));
  }

  private readonly _tells = new Set<Tell>();
  private _run: Promise<void> | null = null;
  private _stop = new AbortController();
}
