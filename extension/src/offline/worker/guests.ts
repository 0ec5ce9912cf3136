import type { SiteCache } from './siteCache';

/** Name of the note that lists them. */
const NOTE = '.guests';

/**
 * Pages of another build than this worker's, and their workers: what they ask for comes
 * from the server. They are noted beside the build's files, since browsers end a worker
 * that rests, and go with them when another build takes over.
 */
export class Guests {
  constructor(private readonly _site: Pick<SiteCache, 'getNote' | 'putNote'>) {}

  /** @param id of a client, as a `FetchEvent` has it; empty names none */
  async has(id: string): Promise<boolean> {
    return id !== '' && (await this._load()).has(id);
  }

  async add(id: string): Promise<void> {
    const ids = await this._load();
    if (id !== '' && !ids.has(id)) {
      ids.add(id);
      // Without room it is known until the worker rests.
      await this._site.putNote(NOTE, JSON.stringify([...ids])).catch(() => undefined);
    }
  }

  private _load(): Promise<Set<string>> {
    // A note that cannot be read names nobody: other requests must not fail for it.
    this._ids ??= this._site
      .getNote(NOTE)
      .then(text => new Set(JSON.parse(text ?? '[]') as string[]))
      .catch(() => new Set<string>());
    return this._ids;
  }

  private _ids: Promise<Set<string>> | null = null;
}
