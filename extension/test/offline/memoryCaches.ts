/** Cache Storage in memory: as much of it as keeping a site needs. */
export class MemoryCaches implements CacheStorage {
  delete(name: string): Promise<boolean> {
    return Promise.resolve(this._caches.delete(name));
  }

  has(name: string): Promise<boolean> {
    return Promise.resolve(this._caches.has(name));
  }

  keys(): Promise<string[]> {
    return Promise.resolve([...this._caches.keys()]);
  }

  match(): Promise<Response | undefined> {
    throw new Error('A cache is always asked by its name.');
  }

  open(name: string): Promise<Cache> {
    const cache = this._caches.get(name) ?? new MemoryCache();
    this._caches.set(name, cache);
    return Promise.resolve(cache);
  }

  private readonly _caches = new Map<string, MemoryCache>();
}

class MemoryCache implements Cache {
  add(): Promise<void> {
    throw new Error('Files are checked before they are kept.');
  }

  addAll(): Promise<void> {
    throw new Error('Files are checked before they are kept.');
  }

  delete(request: RequestInfo | URL): Promise<boolean> {
    return Promise.resolve(this._files.delete(addressOf(request)));
  }

  keys(): Promise<Request[]> {
    return Promise.resolve([...this._files.keys()].map(url => new Request(url)));
  }

  match(request: RequestInfo | URL): Promise<Response | undefined> {
    return Promise.resolve(this._files.get(addressOf(request))?.clone());
  }

  matchAll(): Promise<Response[]> {
    return Promise.resolve([...this._files.values()].map(file => file.clone()));
  }

  put(request: RequestInfo | URL, response: Response): Promise<void> {
    this._files.set(addressOf(request), response);
    return Promise.resolve();
  }

  private readonly _files = new Map<string, Response>();
}

function addressOf(request: RequestInfo | URL): string {
  return request instanceof Request ? request.url : String(request);
}
