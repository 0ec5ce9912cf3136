/** What `llmos` knows as its store in a run from the command line; see `_bridge.set_store`. */
export interface ITellingStore {
  readonly tells: boolean;
  may_have(key: string): boolean;
  lookup(key: string): Promise<unknown>;
  stage(request: unknown): Promise<unknown>;
  put(key: string, text: string, buffers: unknown): void;
  called(record: string): void;
  loading(...names: string[]): void;
}

/** Keeps no results, and tells of each call: a run from the command line computes all. */
export function tellingStore(onCalled: (record: string) => void): ITellingStore {
  return {
    tells: true,
    may_have: () => false,
    lookup: () => Promise.resolve(null),
    stage: () => Promise.resolve({ cached: false, why: 'Calls run one by one here.' }),
    put: () => undefined,
    called: onCalled,
    loading: () => undefined
  };
}
