import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSkillFile } from '../../src/index';

const FOLDER = join(__dirname, '../fixtures/exported');
const FILE = join(__dirname, '../recorded/exported.json');

if (process.env['LLMOS_RECORD'] === '1') {
  const answers = readdirSync(FOLDER)
    .sort()
    .map(folder => [folder, read(folder)]);
  writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(answers), null, 1)}\n`);
}
const RECORDED = JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, unknown>;

/** What the kernel is told of a skill; null where it cannot be called. */
function read(folder: string): unknown {
  const path = `user:skills/${folder}/SKILL.md`;
  const text = readFileSync(join(FOLDER, folder, 'SKILL.md'), 'utf8');
  const { skill } = parseSkillFile({ path, text });
  if (skill?.kind !== 'executable') {
    return null;
  }
  const { id, aliases, name, description, type, inputs, outputs, code, codeLine } =
    skill;
  return { id, aliases, name, description, type, inputs, outputs, code, codeLine };
}

describe('a skill that was exported, copied into a volume by hand', () => {
  it('is of as many kinds as are recorded', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(Object.keys(RECORDED).sort());
  });

  /**
   * `test_llmos_native.py` holds native Python to the same answers; `LLMOS_RECORD=1` writes
   * them.
   */
  it.each(Object.entries(RECORDED))('is read as what it is: %s', (folder, entry) => {
    expect(read(folder)).toEqual(entry);
  });
});
