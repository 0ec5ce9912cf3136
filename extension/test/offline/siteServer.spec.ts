/** @jest-environment node */
import { SiteServer } from '../../src/offline/worker/siteServer';
import { buildOf, SCOPE } from './fileServer';

const FILES = { 'index.html': 'page' };

/** What is given for a page that was answered so. */
function given(answer: Response): Promise<Response> {
  const fetch = (): Promise<Response> => Promise.resolve(answer);
  const server = new SiteServer({ build: buildOf('1', FILES), scope: SCOPE, fetch });
  return server.file('index.html', 'auto');
}

describe('SiteServer', () => {
  it("gives the server's own answer, beside which compiled code is kept", async () => {
    const answer = new Response('page');
    expect(await given(answer)).toBe(answer);
    expect(await answer.text()).toBe('page');
  });

  it('gives no answer that was sent elsewhere: browsers refuse such a page', async () => {
    const headers = { 'content-type': 'text/html', 'content-encoding': 'gzip' };
    const answer = new Response('page', { headers });
    Object.defineProperty(answer, 'redirected', { value: true });
    const page = await given(answer);
    expect(page.redirected).toBe(false);
    expect(await page.text()).toBe('page');
    expect([...page.headers]).toEqual([['content-type', 'text/html']]);
  });
});
