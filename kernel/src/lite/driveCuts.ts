import type { DriveFS } from '@jupyterlite/services/lib/contents/drivefs';
import type {
  IEmscriptenFSNode,
  IStats
} from '@jupyterlite/services/lib/contents/emscripten';

/** As DriveFS and Emscripten have it. */
const BLOCK_SIZE = 4096;

/** The parts of a drive that opening a file uses. */
export interface ICuttingDrive {
  readonly API: Pick<DriveFS['API'], 'get' | 'put' | 'request'>;
  readonly node_ops: Pick<DriveFS['node_ops'], 'getattr' | 'setattr'>;
  realPath(node: IEmscriptenFSNode): string;
}

/** A file that was emptied, but not yet on the page. */
interface ICut {
  readonly path: string;
  readonly file: DriveFS.IFile;
}

/**
 * Replaces a file in one step. `open(path, "w")` empties the file and `close` writes it
 * anew, and DriveFS tells the page of both: whoever reads between finds an empty file,
 * which also stays when Python ends there, and Python waits for the page five times.
 * Here the emptying waits for the content, at most until Python lets go of its thread or
 * asks the page for anything else; what it asks of the emptied file is known.
 *
 * @param log Told when an emptying that nothing followed could not be done
 */
export function cutWithContent(
  drive: ICuttingDrive,
  log: (message: string) => void
): void {
  const { API: api, node_ops: ops } = drive;
  const put = api.put.bind(api);
  const get = api.get.bind(api);
  const request = api.request.bind(api);
  const { getattr, setattr } = ops;
  let isCutting = false;
  let cut: ICut | null = null;

  const settle = (): void => {
    const one = cut;
    cut = null;
    if (one) {
      put(one.path, one.file);
    }
  };
  const settleLater = (): void => {
    try {
      settle();
    } catch (error) {
      log(`A file could not be emptied: ${String(error)}`);
    }
  };

  ops.setattr = (value, attributes) => {
    isCutting = attributes.size === 0;
    try {
      setattr(value, attributes);
    } finally {
      isCutting = false;
    }
  };
  api.put = (path, file) => {
    if (isCutting) {
      cut = { path, file };
      queueMicrotask(settleLater);
      return null;
    }
    if (cut?.path === path) {
      cut = null;
    }
    return put(path, file);
  };
  // Two that open the emptied file each have bytes of their own.
  api.get = path =>
    cut?.path === path ? { ...cut.file, data: new Uint8Array() } : get(path);
  ops.getattr = value => {
    const node = 'node' in value ? value.node : value;
    return cut?.path === drive.realPath(node) ? stateOf(node) : getattr(value);
  };
  // Whatever else is asked of the page comes after what was done before.
  api.request = data => {
    settle();
    return request(data);
  };
}

/** The state of a file that was emptied just now. */
function stateOf(node: IEmscriptenFSNode): IStats {
  const now = new Date();
  return {
    ...{ dev: 1, ino: node.id, mode: node.mode, nlink: 1, uid: 0, gid: 0, rdev: 0 },
    ...{ size: 0, blksize: BLOCK_SIZE, blocks: 0 },
    ...{ atime: now, mtime: now, ctime: now }
  };
}
