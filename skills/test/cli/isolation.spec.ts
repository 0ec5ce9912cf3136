import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isolate } from '../../cli/executor/isolation';

const SCRIPT = join(__dirname, '../fixtures/isolation/reach.mjs');
const listen = (server: Server, place: string | number): Promise<void> =>
  new Promise(resolve => {
    server.listen(place, () => resolve());
  });

it('cuts off processes, the network and sockets as far as the system can', async () => {
  const folder = mkdtempSync('/tmp/llmos-reach-');
  const [byPort, byPath] = [createServer(), createServer()];
  try {
    await listen(byPort, 0);
    await listen(byPath, join(folder, 'socket'));
    const { port } = byPort.address() as AddressInfo;
    const { command, args, hasNetwork } = await isolate(SCRIPT, [SCRIPT]);
    const about = [String(process.pid), String(port), join(folder, 'socket')];
    const { stdout } = await promisify(execFile)(command, [...args, ...about], {
      env: {}
    });
    expect(JSON.parse(stdout)).toEqual({
      signal: args.includes('--pid') ? 'ESRCH' : 'true',
      network: hasNetwork ? 'reached' : 'ENETUNREACH',
      socket: args.includes('/tmp') ? 'ENOENT' : 'reached'
    });
  } finally {
    byPort.close();
    byPath.close();
    rmSync(folder, { recursive: true });
  }
});
