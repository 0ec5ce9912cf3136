import {
  ContentsAPI,
  DriveFS,
  type TDriveMethod,
  type TDriveRequest,
  type TDriveResponse
} from '@jupyterlite/services/lib/contents/drivefs';
import type {
  IEmscriptenFSNode,
  IEmscriptenStream,
  IStats
} from '@jupyterlite/services/lib/contents/emscripten';

import { cutWithContent } from '../../src/lite/driveCuts';

/** As Emscripten numbers it: write only, create, truncate. */
const FLAGS_W = 577;

class ErrnoError extends Error {}

/** The page's side: files by path, and what it was asked. */
class Page extends ContentsAPI {
  readonly asked: string[] = [];
  readonly files = new Map([['a.txt', 'old']]);
  isRefusing = false;

  override request<T extends TDriveMethod>(data: TDriveRequest<T>): TDriveResponse<T> {
    const { method, path } = data;
    this.asked.push(`${method} ${path}`);
    const content = this.files.get(path) ?? '';
    if (method === 'put') {
      if (this.isRefusing) {
        throw new ErrnoError('refused');
      }
      this.files.set(path, (data as { data: { data: string } }).data.data);
    }
    const answers = {
      get: { content, format: 'text' },
      getattr: { size: content.length }
    };
    return (answers[method as 'get'] ?? null) as unknown as TDriveResponse<T>;
  }
}

class TestDrive extends DriveFS {
  override createAPI(options: DriveFS.IOptions): Page {
    return new Page(options);
  }
  override realPath(node: IEmscriptenFSNode): string {
    return node.name;
  }
}

const FS = { ErrnoError, isFile: () => true, isDir: () => false };
const logged: string[] = [];

function open(): { page: Page; drive: TestDrive } {
  const drive = new TestDrive({
    ...{ FS, PATH: {}, ERRNO_CODES: {}, baseUrl: '', driveName: '', mountpoint: '' }
  } as unknown as DriveFS.IOptions);
  cutWithContent(drive, message => logged.push(message));
  return { drive, page: drive.API as Page };
}

const node = (name: string): IEmscriptenFSNode =>
  ({ id: 7, name, mode: 33206 }) as IEmscriptenFSNode;

/** What Emscripten's `open` does with O_TRUNC. */
function openToWrite(drive: TestDrive, name: string) {
  drive.node_ops.setattr(node(name), { size: 0 } as IStats);
  const stream = { node: node(name), flags: FLAGS_W } as IEmscriptenStream;
  drive.stream_ops.open(stream);
  return stream as never;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

beforeEach(() => logged.splice(0));

describe('cutWithContent', () => {
  it('replaces a file in one step', () => {
    const { drive, page } = open();
    const stream = openToWrite(drive, 'a.txt');
    expect(drive.node_ops.getattr(node('a.txt'))).toMatchObject({ size: 0, ino: 7 });
    expect(page.files.get('a.txt')).toBe('old');
    drive.stream_ops.write(stream, bytes('new'), 0, 3, 0);
    drive.stream_ops.close(stream);
    expect(page.files.get('a.txt')).toBe('new');
    expect(page.asked).toEqual(['get a.txt', 'put a.txt']);
  });

  it('empties a file that nothing is written to', async () => {
    const { drive, page } = open();
    drive.node_ops.setattr(node('a.txt'), { size: 0 } as IStats);
    expect(page.files.get('a.txt')).toBe('old');
    await Promise.resolve();
    expect(page.files.get('a.txt')).toBe('');
    expect(logged).toEqual([]);
  });

  it('comes before whatever else is asked of the page', () => {
    const { drive, page } = open();
    drive.node_ops.setattr(node('a.txt'), { size: 0 } as IStats);
    drive.API.lookup('b.txt');
    expect(page.asked).toEqual(['get a.txt', 'put a.txt', 'lookup b.txt']);
  });

  it('cuts other sizes at once', () => {
    const { drive, page } = open();
    drive.node_ops.setattr(node('a.txt'), { size: 1 } as IStats);
    expect(page.files.get('a.txt')).toBe('o');
  });

  it('raises where the content is refused, and tells of an emptying that is', async () => {
    const { drive, page } = open();
    page.isRefusing = true;
    const stream = openToWrite(drive, 'a.txt');
    expect(() => drive.stream_ops.close(stream)).toThrow(ErrnoError);
    expect(logged).toEqual([]);
    drive.node_ops.setattr(node('a.txt'), { size: 0 } as IStats);
    await Promise.resolve();
    expect(logged).toEqual([expect.stringContaining('refused')]);
  });
});
