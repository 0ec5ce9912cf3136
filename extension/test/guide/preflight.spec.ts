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
