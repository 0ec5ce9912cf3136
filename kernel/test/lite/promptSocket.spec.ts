import type { ServerConnection } from '@jupyterlab/services';
import { Server, WebSocket } from 'mock-socket';
import { sendPromptly } from '../../src/lite/promptSocket';

/** Settings as JupyterLite gives them, and a server that echoes what it gets. */
function pageSettings(url: string): {
  readonly settings: ServerConnection.ISettings;
  readonly received: unknown[];
} {
  const received: unknown[] = [];
  const server = new Server(url, { mock: false });
  server.on('connection', socket => {
    socket.on('message', data => {
      received.push(data);
      socket.send(data);
    });
  });
  const settings = { WebSocket } as unknown as ServerConnection.ISettings;
  return { settings, received };
}

async function open(settings: ServerConnection.ISettings, url: string) {
  const socket = new settings.WebSocket(url);
  await new Promise(resolve => {
    socket.onopen = resolve;
  });
  return socket;
}

describe('sendPromptly', () => {
  it('delivers in the same turn and in order, and lets answers through', async () => {
    const url = 'ws://kernel/1';
    const { settings, received } = pageSettings(url);
    sendPromptly(settings);
    const socket = await open(settings, url);
    const answers: unknown[] = [];
    socket.onmessage = ({ data }) => answers.push(data);
    socket.send('one');
    socket.send('two');
    expect(received).toEqual([]);
    await Promise.resolve();
    expect(received).toEqual(['one', 'two']);
    expect(answers).toEqual(['one', 'two']);
    socket.close();
  });

  it('raises what the socket raises before it is open', () => {
    const url = 'ws://kernel/2';
    const { settings } = pageSettings(url);
    sendPromptly(settings);
    const socket = new settings.WebSocket(url);
    expect(() => socket.send('early')).toThrow('CONNECTING');
  });

  it('leaves sockets to servers alone', () => {
    const own = globalThis.WebSocket;
    const settings = { WebSocket: own } as unknown as ServerConnection.ISettings;
    sendPromptly(settings);
    expect(settings.WebSocket).toBe(own);
  });
});
