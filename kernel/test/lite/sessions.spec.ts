import type { Session } from '@jupyterlab/services';
import { findByPath } from '../../src/lite/sessions';

const SESSIONS = ['a/n.ipynb', 'b/n.ipynb'].map((path, index): Session.IModel => ({
  ...{ id: String(index), name: 'n.ipynb', type: 'notebook' },
  ...{ path, kernel: { id: `k${index}`, name: 'python-llmos' } }
}));

describe('findByPath', () => {
  it('tells notebooks of one name in two folders apart', () => {
    expect(findByPath(SESSIONS, 'b/n.ipynb')?.kernel?.id).toBe('k1');
    expect(findByPath(SESSIONS, 'c/n.ipynb')).toBeUndefined();
  });
});
