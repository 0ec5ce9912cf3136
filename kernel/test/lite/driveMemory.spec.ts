import type { IEmscriptenFSNode } from '@jupyterlite/services/lib/contents/emscripten';

import { rememberWrites, type IRememberingDrive } from '../../src/lite/driveMemory';

const node = (name: string): IEmscriptenFSNode =>
  ({ id: 7, name, mode: 33206 }) as IEmscriptenFSNode;

/** A drive that notes what it is asked; `b.txt` holds three bytes. */
function driveOf(): { drive: IRememberingDrive; asked: string[] } {
  const asked: string[] = [];
  const drive: IRememberingDrive = {
    API: {
      get: path => {
        asked.push(`get ${path}`);
        return { data: new Uint8Array([1, 2, 3]), format: 'text' };
      },
      put: path => {
        asked.push(`put ${path}`);
        return null;
      }
    },
    node_ops: {
      getattr: () => {
        asked.push('getattr');
        return { size: 3 } as ReturnType<IRememberingDrive['node_ops']['getattr']>;
      }
    },
    realPath: ({ name }) => name
  };
  rememberWrites(drive);
  return { drive, asked };
}

const EMPTY = { data: new Uint8Array(), format: 'text' } as const;

describe('rememberWrites', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('answers what follows from a write, once', () => {
    const { drive, asked } = driveOf();
    drive.API.put('a.txt', EMPTY);
    expect(drive.API.get('a.txt')).toBe(EMPTY);
    expect(drive.node_ops.getattr(node('a.txt'))).toMatchObject({
      ...{ size: 0, ino: 7, mode: 33206 }
    });
    expect(asked).toEqual(['put a.txt']);
    // Another stream of the same file must not share its bytes.
    expect(drive.API.get('a.txt').data).toHaveLength(3);
    expect(drive.node_ops.getattr(node('a.txt'))).toEqual({ size: 3 });
    expect(asked).toEqual(['put a.txt', 'get a.txt', 'getattr']);
  });

  it('asks for another file, and after a moment', () => {
    const { drive, asked } = driveOf();
    drive.API.put('a.txt', EMPTY);
    expect(drive.API.get('b.txt').data).toHaveLength(3);
    drive.API.put('a.txt', EMPTY);
    jest.advanceTimersByTime(20);
    expect(drive.API.get('a.txt').data).toHaveLength(3);
    expect(asked).toEqual(['put a.txt', 'get b.txt', 'put a.txt', 'get a.txt']);
  });

  it('remembers nothing of a write that was refused', () => {
    const { drive } = driveOf();
    const refusing: IRememberingDrive = {
      ...drive,
      API: {
        get: path => drive.API.get(path),
        put: () => {
          throw new Error('refused');
        }
      }
    };
    rememberWrites(refusing);
    expect(() => refusing.API.put('a.txt', EMPTY)).toThrow('refused');
    expect(refusing.API.get('a.txt').data).toHaveLength(3);
  });
});
