import type { Guests } from './guests';
import type { SiteCache } from './siteCache';
import type { SiteServer } from './siteServer';

/** What of a browser's `FetchEvent` an answer depends on. */
export interface ISiteRequest {
  readonly request: Request;
  /** Who asks. */
  readonly clientId: string;
  /** The page or worker that the answer makes; empty for all else. */
  readonly resultingClientId: string;
  waitUntil(work: Promise<unknown>): void;
}

/** What answers are made with. */
export interface ISiteAnswersParts {
  readonly site: SiteCache;
  readonly server: Pick<SiteServer, 'build'>;
  readonly guests: Guests;
  readonly fetch: (request: Request) => Promise<Response>;
  /** Hears why a file cannot be had, before the page that asked does. */
  readonly onFault: (error: unknown) => Promise<unknown>;
}

/**
 * What a request for a file of the site is answered. A page is never refused: where the
 * server has another build, the page is that build's, and so are all files that it asks
 * for. A file of any other page is this build's, or refused.
 */
export class SiteAnswers {
  constructor(private readonly _parts: ISiteAnswersParts) {}

  /** @param path of the file in the site */
  async answer(event: ISiteRequest, path: string): Promise<Response> {
    const { site, guests, fetch } = this._parts;
    const { request, clientId, resultingClientId } = event;
    if (request.mode === 'navigate') {
      // Also where the browser's own store of files fails.
      return this._page(event, path).catch(() => this._guest(event));
    }
    if (await guests.has(clientId)) {
      await guests.add(resultingClientId); // A worker that it starts.
      return fetch(request);
    }
    if (!site.has(path)) {
      return (await site.getOlder(path)) ?? fetch(request);
    }
    try {
      return await this._own(event, path);
    } catch (error) {
      await this._parts.onFault(error);
      return Response.error();
    }
  }

  private async _page(event: ISiteRequest, path: string): Promise<Response> {
    const { site, server, fetch } = this._parts;
    if (!site.has(path)) {
      return (await site.getOlder(path)) ?? this._guest(event);
    }
    const kept = await site.getKept(path);
    if (kept && (await site.isWhole())) {
      return kept;
    }
    // What the page will ask for may have to come from the server.
    switch (await server.build()) {
      case 'other':
        return this._guest(event);
      case 'unknown':
        return kept ?? fetch(event.request);
      case 'same':
        return this._own(event, path).catch(() => this._guest(event));
    }
  }

  /** A page as the server sends it, with its own files to follow. */
  private async _guest({
    request,
    resultingClientId
  }: ISiteRequest): Promise<Response> {
    const page = await this._parts.fetch(request);
    if (page.type !== 'opaqueredirect') {
      await this._parts.guests.add(resultingClientId);
    }
    return page;
  }

  private _own(event: ISiteRequest, path: string): Promise<Response> {
    return this._parts.site.get(path, work => event.waitUntil(work));
  }
}
