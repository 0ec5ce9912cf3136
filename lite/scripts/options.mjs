// @ts-check
import { parseArgs } from 'node:util';
import { SetupError } from './log.mjs';

/**
 * What `lab` and `serve` take on the command line.
 * @param {string[]} args
 */
export function readServeOptions(args) {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        port: { type: 'string', default: '8000' },
        host: { type: 'string', default: '127.0.0.1' },
        base: { type: 'string', default: '/' },
        folder: { type: 'string' },
        'not-isolated': { type: 'boolean', default: false },
        'allow-cdn': { type: 'boolean', default: false }
      }
    }));
  } catch (error) {
    throw new SetupError(
      error instanceof Error ? error.message : String(error),
      'Options: --port N, --host H, --base /sub/path/, --not-isolated, --allow-cdn.'
    );
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new SetupError(
      `--port takes a number from 0 to 65535, not "${values.port}".`,
      'Leave it out for 8000, or the next free one after it.'
    );
  }
  const base = `/${values.base}/`.replace(/\/+/g, '/');
  return {
    port,
    base,
    host: values.host,
    folder: values.folder,
    isolated: !values['not-isolated'],
    allowCdn: values['allow-cdn']
  };
}

/**
 * How people reach a host: a listening address for all interfaces is no address to open.
 * @param {string} host
 */
export function publicHost(host) {
  return ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host) ? 'localhost' : host;
}
