import type { IBootConfig } from '../protocol';
import { LateBytes } from './files';
import { BUNDLE_PATH } from '../../runtimes/pythonBundle';
import { STDLIB_PATH, type ISnapshot } from './format';
import { compileLibraries } from './libraries';
import type { ISnapshotParts } from './restore';

/** Addresses of a snapshot's parts, which stand beside each other in the site. */
interface IAddresses {
  readonly snapshot: string;
  readonly stdlib: string;
  readonly bundle: string;
  readonly interpreter: string;
}

/** The addresses, or null where the site has no snapshot. */
export function snapshotAddresses(config: IBootConfig): IAddresses | null {
  const { snapshotUrl, stdlibUrl, bundleUrl, pyodideUrl } = config;
  return snapshotUrl && stdlibUrl && bundleUrl
    ? {
        snapshot: snapshotUrl,
        stdlib: stdlibUrl,
        bundle: bundleUrl,
        interpreter: new URL('pyodide.asm.wasm', pyodideUrl).href
      }
    : null;
}

/** Begins to fetch everything at once; what Python needs only later waits. */
export async function fetchParts(addresses: IAddresses): Promise<ISnapshotParts> {
  const beside = (name: string): string => new URL(name, addresses.snapshot).href;
  const memory = unpacked(beside('python-snapshot.bin'));
  const code = bytesOf(beside('python-libraries.bin'));
  const interpreter = WebAssembly.compileStreaming(fetched(addresses.interpreter));
  // Whoever waits for them is told; here nobody does yet.
  Promise.all([memory, code, interpreter]).catch(() => undefined);
  const snapshot = (await (await fetched(addresses.snapshot)).json()) as ISnapshot;
  const libraries = code.then(bytes => compileLibraries(snapshot, bytes));
  libraries.catch(() => undefined);
  return {
    ...{ snapshot, memory, libraries, interpreter },
    files: new LateBytes(beside('python-files.bin')),
    archives: {
      [STDLIB_PATH]: new LateBytes(addresses.stdlib),
      [BUNDLE_PATH]: new LateBytes(addresses.bundle)
    }
  };
}

async function fetched(address: string): Promise<Response> {
  const response = await fetch(address);
  if (!response.ok) {
    throw new Error(
      `${address} could not be loaded (${response.status}). Reload the page.`
    );
  }
  return response;
}

async function bytesOf(address: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetched(address)).arrayBuffer());
}

/** Packed as the build has done it, since few servers pack what is no text. */
async function unpacked(address: string): Promise<Uint8Array> {
  const { body } = await fetched(address);
  const stream = body?.pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
