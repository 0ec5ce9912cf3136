import type { Contents } from '@jupyterlab/services';
import { DriveContentsProcessor } from '@jupyterlite/services';

import { answerRefusals } from '../../src/lite/driveAnswers';
import { refusalOf, unlessRefused } from '../../src/lite/driveRefusal';

class ErrnoError extends Error {
  constructor(readonly errno: number) {
    super();
  }
}

const EMSCRIPTEN = {
  FS: { ErrnoError },
  ERRNO_CODES: { EACCES: 2, ENOENT: 44, EEXIST: 20, EINVAL: 28, EIO: 29 }
};

function refused(status: number): Error {
  return Object.assign(new Error('no'), { response: { status } });
}

describe('a refused request to a drive', () => {
  test.each([
    [refused(403), 2],
    [refused(404), 44],
    [refused(409), 20],
    [refused(400), 28],
    [refused(500), 29],
    [new Error('broken'), 29],
    ['broken', 29],
    [null, 29]
  ])('%p raises errno %i', (error, errno) => {
    const answer = JSON.parse(JSON.stringify(refusalOf(error))) as object;
    expect(() => unlessRefused(answer, EMSCRIPTEN)).toThrow(
      expect.objectContaining({ errno }) as Error
    );
  });

  test.each([null, [], ['a.md'], { ok: false }, { content: '', format: 'text' }])(
    'lets the answer %p through',
    answer => {
      expect(unlessRefused(answer, EMSCRIPTEN)).toBe(answer);
    }
  );

  test('is answered by the page', async () => {
    answerRefusals();
    const contentsManager = {
      save: () => Promise.reject(refused(403)),
      get: () => Promise.resolve({ type: 'directory', content: [{ name: 'a.md' }] })
    } as unknown as Contents.IManager;
    const processor = new DriveContentsProcessor({ contentsManager });
    await expect(
      processor.processDriveRequest({
        method: 'put',
        path: 'system:a.md',
        data: { format: 'text', data: 'x' }
      })
    ).resolves.toEqual({ llmosRefusal: 'EACCES' });
    await expect(
      processor.processDriveRequest({ method: 'readdir', path: 'system:' })
    ).resolves.toEqual(['a.md']);
  });
});
