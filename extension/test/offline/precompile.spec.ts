import '../browser';

import { PageConfig } from '@jupyterlab/coreutils';

import { precompileStart } from '../../src/offline/precompile';

const SCOPE = 'https://example.org/lab-site/';
const SCRIPT = `${SCOPE}build/lab/start.1.js`;
const START = `<link id="jupyter-lite-main" rel="preload" href="${SCRIPT}">`;

/** What is registered from a page with these words. */
async function registered(html: string, browser: object): Promise<unknown[][]> {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const register = jest.fn().mockRejectedValue(new TypeError('Failed'));
  await precompileStart({ serviceWorker: { register }, ...browser }, page);
  return register.mock.calls as unknown[][];
}

describe('precompileStart', () => {
  beforeEach(() => void PageConfig.setOption('llmosUrl', `${SCOPE}llmos/`));

  it('names the script to a worker that serves no page', async () => {
    const [[worker, options] = []] = await registered(START, { userAgentData: {} });
    const { origin, pathname, searchParams } = new URL(String(worker));
    expect(origin + pathname).toBe(`${SCOPE}llmos/precompile.worker.js`);
    expect(searchParams.get('script')).toBe(SCRIPT);
    expect(options).toEqual({ scope: pathname });
  });

  it('leaves pages alone that no such script starts, and browsers without a use', async () => {
    const text = '<p>A page of an ordinary server</p>';
    expect(await registered(text, { userAgentData: {} })).toEqual([]);
    expect(await registered(START, {})).toEqual([]);
  });
});
