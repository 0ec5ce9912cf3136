import '../browser';

import { PageConfig } from '@jupyterlab/coreutils';

import { precompileStart } from '../../src/offline/precompile';

const SCOPE = 'https://example.org/lab-site/';
const SCRIPTS = ['start', 'start-1'].map(name => `${SCOPE}build/lab/${name}.0.js`);
const START = SCRIPTS.map(
  script => `<link rel="preload" href="${script}" as="script">`
).join('');

/** What is registered from a page with these words. */
async function registered(html: string, browser: object): Promise<unknown[][]> {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const register = jest.fn().mockRejectedValue(new TypeError('Failed'));
  await precompileStart({ serviceWorker: { register }, ...browser }, page);
  return register.mock.calls as unknown[][];
}

describe('precompileStart', () => {
  beforeEach(() => void PageConfig.setOption('llmosUrl', `${SCOPE}llmos/`));

  it('names the scripts to a worker that serves no page', async () => {
    const [[worker, options] = []] = await registered(START, { userAgentData: {} });
    const { origin, pathname, searchParams } = new URL(String(worker));
    expect(origin + pathname).toBe(`${SCOPE}llmos/precompile.worker.js`);
    expect(searchParams.getAll('script')).toEqual(SCRIPTS);
    expect(options).toEqual({ scope: pathname });
  });

  it('leaves pages alone that no such scripts start, and browsers without a use', async () => {
    const text = '<p>A page of an ordinary server</p>';
    expect(await registered(text, { userAgentData: {} })).toEqual([]);
    expect(await registered(START, {})).toEqual([]);
  });
});
