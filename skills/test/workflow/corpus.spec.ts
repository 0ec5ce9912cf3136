import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyseCell } from '../../src/index';

/**
 * The corpus covers Python's grammar and IPython's additions; the recorded answers come
 * from CPython itself (see `oracle/test_cells.py`).
 */
interface IAnswer {
  readonly defines: readonly string[];
  readonly uses: readonly string[];
  readonly mutates: readonly string[];
}

const FOLDER = join(__dirname, '../fixtures/cells');
const RECORDED = JSON.parse(
  readFileSync(join(__dirname, '../recorded/cells.json'), 'utf8')
) as Record<string, readonly IAnswer[]>;
const CORPUS = readdirSync(FOLDER)
  .filter(file => file.endsWith('.txt'))
  .map(file => {
    const text = readFileSync(join(FOLDER, file), 'utf8');
    return [file.replace(/\.txt$/, ''), text.split(/^# ---.*\n/m)] as const;
  });

describe('analyseCell agrees with CPython', () => {
  it('on a corpus of at least 500 cells', () => {
    const count = CORPUS.reduce((sum, [, cells]) => sum + cells.length, 0);
    expect(count).toBeGreaterThanOrEqual(500);
    expect(Object.keys(RECORDED).sort()).toEqual(CORPUS.map(([topic]) => topic).sort());
  });

  it.each(CORPUS)('in every cell about %s', (topic, cells) => {
    const answers = RECORDED[topic] ?? [];
    expect(answers).toHaveLength(cells.length);
    const found = cells.map((cell, index) => {
      const { defines, uses, mutates, incomplete } = analyseCell(cell);
      return { cell, index, defines, uses, mutates, incomplete };
    });
    const wanted = cells.map((cell, index) => ({
      cell,
      index,
      ...answers[index],
      incomplete: false
    }));
    expect(found).toEqual(wanted);
  });
});
