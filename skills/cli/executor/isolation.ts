/** How the process that runs skills is shut in: what the system gives, and what it lacks. */
import { execFile } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';

/** A command to start, and whether it can reach a network. */
export interface IIsolation {
  readonly command: string;
  readonly args: readonly string[];
  readonly hasNetwork: boolean;
}

/** Linux's way to give a process namespaces of its own. */
const UNSHARE = ['/usr/bin/unshare', '/bin/unshare'];
/** Of processes: nothing outside can be seen, signalled or ended. */
const PROCESSES = ['--pid', '--fork', '--kill-child'];
/** Where systems have the sockets of their services and of what the person runs. */
const SOCKETS = ['/run', '/var/run', '/tmp'];
/**
 * Puts an empty folder over each argument before `--`, then becomes the command after it,
 * without the variables that a shell adds. Not with an empty environment: Node's channel
 * to its parent stands in it.
 */
const HIDE =
  'while [ "$1" != -- ]; do mount -t tmpfs tmpfs "$1" || exit 1; shift; done; ' +
  'shift; exec env -u PWD -u OLDPWD -u SHLVL -u _ "$@"';

/**
 * Node with its permission model, which may read these paths and nothing else: no other
 * file, no new process, no thread, no native code. The model knows neither sockets nor
 * signals: these are cut off by namespaces, as many as the system gives.
 */
export async function isolate(
  script: string,
  readable: readonly string[]
): Promise<IIsolation> {
  const node = [
    '--no-warnings',
    permissionFlag(),
    ...readable.map(path => `--allow-fs-read=${path}`),
    script
  ];
  const unshare = UNSHARE.find(path => existsSync(path));
  for (const way of unshare === undefined
    ? []
    : ways([process.execPath, ...readable])) {
    if (
      unshare !== undefined &&
      (await works(unshare, [...way, process.execPath, '-v']))
    ) {
      return {
        command: unshare,
        args: [...way, process.execPath, ...node],
        hasNetwork: false
      };
    }
  }
  return { command: process.execPath, args: node, hasNetwork: true };
}

/** Arguments of `unshare` before the command, the strongest first. */
function ways(needed: readonly string[]): readonly (readonly string[])[] {
  const hide = ['/bin/sh', '-c', HIDE, 'sh', ...hidden(needed), '--'];
  return [
    ['--map-root-user', '--net', ...PROCESSES, '--mount', ...hide],
    // The first keeps the user as it is; older systems know the second only.
    ['--map-current-user', '--net', ...PROCESSES],
    ['--map-root-user', '--net', ...PROCESSES],
    ['--map-current-user', '--net'],
    ['--map-root-user', '--net']
  ];
}

/** Folders of sockets in which nothing stands that is needed. */
function hidden(needed: readonly string[]): readonly string[] {
  const places = SOCKETS.filter(folder => existsSync(folder)).map(folder =>
    realpathSync(folder)
  );
  return [...new Set(places)].filter(
    folder => !needed.some(path => path.startsWith(`${folder}/`))
  );
}

/** Node 20 has the model under its first name. */
function permissionFlag(): string {
  return process.allowedNodeEnvironmentFlags.has('--permission')
    ? '--permission'
    : '--experimental-permission';
}

function works(command: string, args: readonly string[]): Promise<boolean> {
  return new Promise(resolve => {
    execFile(command, args, { env: {} }, error => resolve(error === null));
  });
}
