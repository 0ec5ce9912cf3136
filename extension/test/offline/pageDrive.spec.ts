/** @jest-environment node */
import { isForPage, isHeartbeat, PageDrive } from '../../src/offline/worker/pageDrive';

const NAME = 'a-test-channel';

interface IAsked {
  readonly pathname: string;
  readonly requestId: string;
  readonly data: unknown;
}

/** A page that answers as JupyterLite's does. */
function openPage(answer: (asked: IAsked) => unknown[]): BroadcastChannel {
  const channel = new BroadcastChannel(NAME);
  channel.onmessage = (event: MessageEvent<IAsked>) => {
    answer(event.data).forEach(message => channel.postMessage(message));
  };
  return channel;
}

function request(path: string, body: object): Request {
  return new Request(`https://example.org/site${path}`, {
    ...{ method: 'POST', body: JSON.stringify(body) }
  });
}

describe('PageDrive', () => {
  let page: BroadcastChannel | undefined;
  let channel: BroadcastChannel;

  beforeEach(() => {
    channel = new BroadcastChannel(NAME);
  });

  afterEach(() => {
    page?.close();
    channel.close();
  });

  it('gives the answer to its own request, not to that of another kernel', async () => {
    page = openPage(({ requestId, pathname, data }) => [
      { browsingContextId: 'b', requestId, response: 'of another page' },
      { browsingContextId: 'a', requestId: 'x', response: 'to another request' },
      { browsingContextId: 'a', response: 'to input' },
      { browsingContextId: 'a', requestId, response: { pathname, data } }
    ]);
    const response = await new PageDrive(channel).ask(
      request('/api/drive', { browsingContextId: 'a', data: { method: 'get' } })
    );
    expect(await response.json()).toEqual({
      ...{ pathname: '/site/api/drive', data: { method: 'get' } }
    });
  });

  it('takes the answer to input, which carries no id', async () => {
    page = openPage(() => [{ browsingContextId: 'a', response: { value: 'yes' } }]);
    const response = await new PageDrive(channel).ask(
      request('/api/stdin/kernel', { browsingContextId: 'a' })
    );
    expect(await response.json()).toEqual({ value: 'yes' });
  });

  it('tells requests for the page from those for a server', () => {
    const at = (path: string): URL => new URL(path, 'https://example.org/');
    expect(isForPage(at('/x/api/drive'))).toBe(true);
    expect(isForPage(at('/api/stdin/kernel'))).toBe(true);
    expect(isForPage(at('/api/contents/all.json'))).toBe(false);
    expect(isHeartbeat(at('/api/service-worker-heartbeat'))).toBe(true);
  });
});
