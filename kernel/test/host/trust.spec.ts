import type { Contents } from '@jupyterlab/services';
import { stripTrust } from '../../src/host/trust';

function notebook(content: unknown): Contents.IModel {
  return {
    ...{ name: 'n.ipynb', path: 'n.ipynb', type: 'notebook', format: 'json', content },
    ...{ writable: true, created: '', last_modified: '', mimetype: '' }
  };
}

describe('stripTrust', () => {
  it('takes the mark off every cell, and nothing else', () => {
    const content = {
      cells: [
        { cell_type: 'code', metadata: { trusted: true, tags: ['a'] }, source: '1' },
        { cell_type: 'code', metadata: { trusted: false }, source: '2' },
        { cell_type: 'markdown', metadata: {}, source: 'text' }
      ],
      metadata: { kernelspec: { name: 'python-llmos' } }
    };
    const stripped = stripTrust(notebook(content)).content as typeof content;
    expect(stripped.cells.map(cell => cell.metadata)).toEqual([
      { tags: ['a'] },
      {},
      {}
    ]);
    expect(stripped.metadata).toEqual(content.metadata);
    expect(content.cells[0]?.metadata.trusted).toBe(true);
  });

  it('reaches the worksheets of old notebooks', () => {
    const content = { worksheets: [{ cells: [{ metadata: { trusted: true } }] }] };
    expect(stripTrust(notebook(content)).content).toEqual({
      worksheets: [{ cells: [{ metadata: {} }] }]
    });
  });

  it('goes by the content, whatever the name and the form', () => {
    const content = { cells: [{ metadata: { trusted: true } }] };
    const file = { ...notebook(content), type: 'file' as const, path: 'n.data' };
    expect(stripTrust(file).content).toEqual({ cells: [{ metadata: {} }] });
    const text = { ...file, format: 'text' as const, content: JSON.stringify(content) };
    expect(JSON.parse(String(stripTrust(text).content))).toEqual({
      cells: [{ metadata: {} }]
    });
    const plain = { ...text, content: '{"cells": [{"metadata": {}}]}' };
    expect(stripTrust(plain)).toBe(plain);
  });

  it('leaves files, folders and models without content as they are', () => {
    const file = { ...notebook('trusted'), type: 'file' as const };
    expect(stripTrust(file)).toBe(file);
    const bare = notebook(null);
    expect(stripTrust(bare)).toBe(bare);
  });

  it('bears content that is no notebook', () => {
    expect(stripTrust(notebook([1])).content).toEqual([1]);
    expect(stripTrust(notebook({ cells: [null, 3] })).content).toEqual({
      cells: [null, 3]
    });
  });
});
