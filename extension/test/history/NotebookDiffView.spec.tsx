import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import { diffNotebooks } from '@llmos-lab/skills';
import * as React from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

import { NotebookDiffView } from '../../src/history/NotebookDiffView';

const trans = nullTranslator.load('llmos');
const notebook = (...sources: readonly string[]): unknown => ({
  cells: sources.map((source, at) => ({
    ...{ cell_type: 'code', id: `c${at}`, metadata: {}, outputs: [] },
    source
  }))
});

describe('NotebookDiffView', () => {
  it('shows counts, changed arguments and lines, and folds what is the same', () => {
    const call = (n: number): string => `v = await skill("vqe")(iterations=${n})`;
    const diff = diffNotebooks(
      notebook('a = 1', 'b = 2', call(100)),
      notebook('a = 1', 'b = 2', call(200))
    );
    const html = diff
      ? renderToStaticMarkup(<NotebookDiffView diff={diff} trans={trans} />)
      : '';
    expect(html).toContain('1 cell changed');
    expect(html).toContain('2 cells unchanged');
    expect(html).toContain('<strong>iterations</strong>');
    expect(html).toContain('<del>100</del>');
    expect(html).toContain('data-change="removed"');
  });

  it('numbers all cells alike, and says where only outputs changed', () => {
    const shown = (text: string): unknown => ({
      cells: [
        { cell_type: 'markdown', id: 'm', metadata: {}, source: '# H2' },
        {
          ...{ cell_type: 'code', id: 'c', metadata: {}, source: 'a = 1' },
          outputs: [{ output_type: 'stream', name: 'stdout', text }]
        }
      ]
    });
    const diff = diffNotebooks(shown('1'), shown('2'));
    const html = diff
      ? renderToStaticMarkup(<NotebookDiffView diff={diff} trans={trans} />)
      : '';
    expect(html).toContain('>source unchanged, outputs changed<');
    expect(html).toContain('>cell 2, code<');
    expect(html).not.toContain('too');
  });

  it('writes sources as text, never as markup', () => {
    const diff = diffNotebooks(null, notebook('<img src=x onerror=alert(1)>'));
    const html = diff
      ? renderToStaticMarkup(<NotebookDiffView diff={diff} trans={trans} />)
      : '';
    expect(html).not.toContain('<img');
  });
});
