import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyseCell, renameVariable } from '../../../src';
import { notebook } from './notebook';

/**
 * Every variable of every cell of the corpus, renamed. `oracle/test_renames.py` has CPython
 * compare each result with its original; `LLMOS_RECORD=1` writes what it reads.
 */
const FOLDER = join(__dirname, '../../fixtures/cells');
const RECORDED = join(__dirname, '../../recorded/renames.json');

interface IRename {
  readonly source: string;
  readonly from: string;
  readonly renamed: string;
}

function renames(): readonly IRename[] {
  const cells = readdirSync(FOLDER)
    .filter(file => file.endsWith('.txt') && file !== 'ipython.txt')
    .sort()
    .flatMap(file => readFileSync(join(FOLDER, file), 'utf8').split(/^# ---.*\n/m));
  return cells.flatMap(source => {
    const { defines, uses } = analyseCell(source);
    return [...new Set([...defines, ...uses])].sort().flatMap(from => {
      const edit = renameVariable(notebook(`${source}\n`), {
        ...{ cell: 'a', from, to: 'renamed_name' }
      });
      const renamed = edit.ok ? edit.cells[0]?.source : undefined;
      return renamed === undefined ? [] : [{ source: `${source}\n`, from, renamed }];
    });
  });
}

it('renames every variable of the corpus as recorded', () => {
  const found = renames();
  expect(found.length).toBeGreaterThan(500);
  if (process.env['LLMOS_RECORD'] === '1') {
    writeFileSync(RECORDED, `${JSON.stringify(found, null, 1)}\n`);
  }
  expect(found).toEqual(JSON.parse(readFileSync(RECORDED, 'utf8')));
});
