import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { llmos } from './run';

const folder = mkdtempSync(join(tmpdir(), 'llmos-graph-'));
const path = join(folder, 'test.ipynb');
const write = (notebook: unknown): void =>
  writeFileSync(
    path,
    typeof notebook === 'string' ? notebook : JSON.stringify(notebook)
  );

afterAll(() => rmSync(folder, { recursive: true }));

describe('llmos graph', () => {
  it('prints cells and edges as JSON', () => {
    write({
      cells: [
        { cell_type: 'markdown', id: 'm', source: 'x = 1' },
        {
          cell_type: 'code',
          id: 'a',
          source: ['from llmos import skill\n', 'xs = []']
        },
        { cell_type: 'code', source: 'h = await skill("quantum-hamiltonian")(x=late)' },
        { cell_type: 'code', id: 'c', source: 'xs.append(h.x)\nlate = (\n' },
        { cell_type: 'code', id: 'd', source: 'late = 1' }
      ],
      nbformat: 4,
      nbformat_minor: 5,
      metadata: {}
    });
    const { code, stdout } = llmos(['graph', path, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      cells: [
        { id: 'a', defines: ['skill', 'xs'], uses: [], mutates: [] },
        {
          id: '2',
          defines: ['h'],
          uses: ['late', 'skill'],
          mutates: [],
          skill: 'quantum-hamiltonian'
        },
        { id: 'c', defines: [], uses: ['h', 'xs'], mutates: ['xs'], incomplete: true },
        { id: 'd', defines: ['late'], uses: [], mutates: [] }
      ],
      edges: [
        ['d', 'late', '2', { late: true }],
        ['a', 'skill', '2'],
        ['2', 'h', 'c'],
        ['a', 'xs', 'c']
      ]
    });
  });

  it('tells people what each cell needs', () => {
    write({
      cells: [
        { cell_type: 'code', id: 'a', source: 'y = x' },
        { cell_type: 'code', id: 'b', source: 'x = 1' }
      ]
    });
    expect(llmos(['graph', path]).stdout).toBe(
      'a\n    defines y\n    needs x of b, which stands below\nb\n    defines x\n2 cells, 1 edge.\n'
    );
  });

  it.each([
    ['{', /its JSON cannot be read/],
    ['[]', /it has no list of cells/]
  ])('refuses %s', (text, message) => {
    write(text);
    const { code, stderr } = llmos(['graph', path, '--json']);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
  });

  it('says when the file is not there', () => {
    const { code, stderr } = llmos(['graph', join(folder, 'none.ipynb')]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^llmos: There is no file .*none\.ipynb/);
  });

  it('refuses a folder', () => {
    expect(llmos(['graph', 'src'])).toEqual({
      ...{ code: 2, stdout: '' },
      stderr: 'llmos: src is a folder. Give the path of a notebook.\n'
    });
  });
});
