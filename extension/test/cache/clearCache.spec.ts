import { nullTranslator } from '@jupyterlab/translation';
import { clearCache } from '../../src/cache/clearCache';

const trans = nullTranslator.load('llmos');

/** A cache of two results, and whether it was cleared. */
function fakeCache(): {
  cleared: boolean;
  limit: number;
  usage: () => Promise<{ bytes: number; entries: number }>;
  clear: () => Promise<void>;
} {
  const cache = {
    cleared: false,
    limit: 256_000_000,
    usage: () => Promise.resolve({ bytes: 1_500_000, entries: 2 }),
    clear: () => {
      cache.cleared = true;
      return Promise.resolve();
    }
  };
  return cache;
}

describe('clearCache', () => {
  it('tells how much there is, and clears when that is wanted', async () => {
    const cache = fakeCache();
    const said: string[] = [];
    const confirm = (question: string): Promise<boolean> => {
      said.push(question);
      return Promise.resolve(true);
    };
    const tell = (message: string): void => void said.push(message);
    expect(await clearCache(cache, trans, { confirm, tell })).toBe(true);
    expect(cache.cleared).toBe(true);
    expect(said[0]).toContain('2 skill calls, 1.5 of at most 256.0 MB');
    expect(said[1]).toContain('2 results (1.5 MB) are gone');
  });

  it('asks nothing when it is empty, and says how it fills', async () => {
    const cache = {
      ...fakeCache(),
      usage: () => Promise.resolve({ bytes: 0, entries: 0 })
    };
    const said: string[] = [];
    const confirm = (): Promise<boolean> => Promise.reject(new Error('asked'));
    const tell = (message: string): void => void said.push(message);
    expect(await clearCache(cache, trans, { confirm, tell })).toBe(false);
    expect(said[0]).toContain('Run a cell that calls a skill');
  });

  it('leaves everything when it is not', async () => {
    const cache = fakeCache();
    const confirm = (): Promise<boolean> => Promise.resolve(false);
    const tell = (): void => undefined;
    expect(await clearCache(cache, trans, { confirm, tell })).toBe(false);
    expect(cache.cleared).toBe(false);
  });
});
