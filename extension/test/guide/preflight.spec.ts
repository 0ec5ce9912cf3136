import '../browser';

import { nullTranslator } from '@jupyterlab/translation';

import { findingsNode } from '../../src/guide/preflight/findings';
import { importantLacks } from '../../src/guide/preflight/notice';
import { probeBrowser, type IFinding } from '../../src/guide/preflight/probes';
import { PLAIN, verdict } from '../../src/guide/preflight/texts';

const trans = nullTranslator.load('llmos');
const there: IFinding = { id: 'webassembly', weight: 'needed', isThere: true };
const noWorker: IFinding = {
  ...({ id: 'serviceworker', weight: 'important', isThere: false } as const),
  detail: 'The operation is insecure.'
};
const notIsolated: IFinding = { id: 'isolation', weight: 'useful', isThere: false };

describe('probeBrowser', () => {
  it('finds what jsdom lacks by trying, and names it', async () => {
    const findings = await probeBrowser();
    const found = new Map(findings.map(each => [each.id, each]));
    // Node has WebAssembly; nothing of the rest is in jsdom.
    expect(found.get('webassembly')?.isThere).toBe(true);
    for (const id of ['workers', 'indexeddb', 'cache', 'webgl', 'isolation'] as const) {
      expect(found.get(id)?.isThere).toBe(false);
    }
    expect(found.get('cache')?.detail).toContain('caches');
  });

  it('leaves out what takes long, at the start', async () => {
    const ids = (await probeBrowser({ cheapOnly: true })).map(({ id }) => id);
    expect(ids).not.toContain('webgl');
    expect(ids).toContain('indexeddb');
  });
});

describe('the service worker', () => {
  const WORKER = 'https://site.test/lab/llmos/trial.js';

  /** What is found where the browser has these workers. */
  async function found(
    workers: Partial<ServiceWorkerContainer>,
    worker?: string
  ): Promise<IFinding | undefined> {
    Object.defineProperty(navigator, 'serviceWorker', {
      ...{ value: workers, configurable: true }
    });
    try {
      const findings = await probeBrowser({ cheapOnly: true, worker });
      return findings.find(({ id }) => id === 'serviceworker');
    } finally {
      Reflect.deleteProperty(navigator, 'serviceWorker');
    }
  }

  const none = (): Promise<undefined> => Promise.resolve(undefined);
  const unregister = jest.fn(() => Promise.resolve(true));
  const registration = { unregister } as unknown as ServiceWorkerRegistration;
  const register = jest.fn(() => Promise.resolve(registration));

  beforeEach(() => jest.clearAllMocks());

  it('is missing where the browser refuses to start one', async () => {
    const refused = (): Promise<never> => Promise.reject(new Error('An SSL error.'));
    const workers = { getRegistration: none, register: refused };
    const finding = await found(workers, WORKER);
    expect(finding).toMatchObject({ isThere: false, detail: 'An SSL error.' });
  });

  it('is tried beside that of the site, and taken away', async () => {
    const finding = await found({ getRegistration: none, register }, WORKER);
    expect(finding?.isThere).toBe(true);
    const scope = 'https://site.test/lab/llmos/llmos-preflight';
    expect(register).toHaveBeenCalledWith(WORKER, { scope });
    expect(unregister).toHaveBeenCalledTimes(1);
  });

  it('is not tried where the site has its own, or has none anywhere', async () => {
    const getRegistration = (): Promise<ServiceWorkerRegistration> =>
      Promise.resolve(registration);
    const own = await found({ getRegistration, register }, WORKER);
    const ordinary = await found({ getRegistration: none, register });
    expect([own?.isThere, ordinary?.isThere]).toEqual([true, true]);
    expect(register).not.toHaveBeenCalled();
  });
});

describe('findingsNode', () => {
  it('shows what is missing first, with its cost and what the browser says', () => {
    const node = findingsNode([there, notIsolated, noWorker], trans);
    const items = [...node.querySelectorAll('li')];
    expect(items.map(({ dataset }) => dataset['probe'])).toEqual([
      'serviceworker',
      'isolation',
      'webassembly'
    ]);
    expect(items[0]?.textContent).toContain('use an ordinary window');
    expect(items[0]?.textContent).toContain(
      'The browser says: The operation is insecure.'
    );
    expect(items[2]?.querySelector('.llmos-Preflight-cost')).toBeNull();
    expect(node.textContent).toContain('a part of it does not work');
  });

  it('says the same without a translation', () => {
    const node = findingsNode([noWorker], PLAIN);
    expect(node.textContent).toContain('The browser says: The operation is insecure.');
  });
});

describe('verdict', () => {
  it('goes by the weightiest lack', () => {
    expect(verdict([there], trans)).toContain('has all');
    expect(verdict([there, notIsolated], trans)).toContain('All of LLMos Lab works');
    const noPython: IFinding = { ...there, isThere: false };
    expect(verdict([noPython, notIsolated], trans)).toContain('cannot run');
    expect(importantLacks([there, notIsolated, noWorker])).toEqual([noWorker]);
  });
});
