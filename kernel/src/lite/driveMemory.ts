import type { DriveFS } from '@jupyterlite/services/lib/contents/drivefs';
import type {
  IEmscriptenFSNode,
  IStats
} from '@jupyterlite/services/lib/contents/emscripten';

/** Milliseconds within which questions belong to one call of Python's `open`. */
const BREATH_MS = 20;

/** As DriveFS and Emscripten have it. */
const BLOCK_SIZE = 4096;

/** The parts of a drive that opening a file uses. */
export interface IRememberingDrive {
  readonly API: Pick<DriveFS['API'], 'get' | 'put'>;
  readonly node_ops: Pick<DriveFS['node_ops'], 'getattr'>;
  realPath(node: IEmscriptenFSNode): string;
}

/**
 * Lets a drive remember for a moment what was just written. Python waits for each of its
 * questions to the page, and replacing a file takes five: its content, to cut it; the cut;
 * its content; its state; the new content. The third and the fourth follow from the second.
 */
export function rememberWrites(drive: IRememberingDrive): void {
  const { API: api, node_ops: ops } = drive;
  const get = api.get.bind(api);
  const put = api.put.bind(api);
  const { getattr } = ops;
  /** The last file written; its content until somebody has taken it, who may change it. */
  let last: {
    path: string;
    size: number;
    file: DriveFS.IFile | null;
    at: number;
  } | null = null;
  const known = (path: string): typeof last =>
    last?.path === path && performance.now() - last.at < BREATH_MS ? last : null;

  api.put = (path, file) => {
    const answer = put(path, file);
    last = { path, file, size: file.data.length, at: performance.now() };
    return answer;
  };
  api.get = path => {
    const one = known(path);
    const file = one?.file ?? get(path);
    last = one && { ...one, file: null };
    return file;
  };
  ops.getattr = value => {
    const node = 'node' in value ? value.node : value;
    const one = known(drive.realPath(node));
    last = null;
    return one ? stateOf(node, one.size) : getattr(value);
  };
}

/** The state of a file that was written just now. */
function stateOf(node: IEmscriptenFSNode, size: number): IStats {
  const now = new Date();
  return {
    ...{ dev: 1, ino: node.id, mode: node.mode, nlink: 1, uid: 0, gid: 0, rdev: 0 },
    ...{ size, blksize: BLOCK_SIZE, blocks: Math.ceil(size / BLOCK_SIZE) },
    ...{ atime: now, mtime: now, ctime: now }
  };
}
