import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Stands between a site's server and the browser, and counts what is sent. */
export interface ISentCounter {
  /** Where the site's root answers, with a slash at the end. */
  readonly url: string;
  /** Bytes as they were sent, with headers. */
  readonly bytes: () => number;
  close(): Promise<void>;
}

/** Counts what the server at an address sends from now on. */
export async function countSent(address: string): Promise<ISentCounter> {
  const { hostname, port, pathname } = new URL(address);
  const open = new Set<Socket>();
  let bytes = 0;
  const keep = (socket: Socket): Socket => {
    open.add(socket);
    // Browsers end connections as they like; what was sent is counted.
    return socket
      .on('error', () => socket.destroy())
      .on('close', () => open.delete(socket));
  };
  const proxy = createServer(client => {
    const server = keep(connect(Number(port), hostname));
    server.on('data', part => (bytes += part.length));
    keep(client).pipe(server).pipe(client);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const own = (proxy.address() as AddressInfo).port;
  return {
    url: `http://localhost:${own}${pathname}`,
    bytes: () => bytes,
    close: async () => {
      open.forEach(socket => socket.destroy());
      proxy.close();
      await once(proxy, 'close');
    }
  };
}
