import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSkill, type ISkill } from '../../src';

const FOLDER = join(__dirname, '../../library/system');

/** The library that ships. */
export const LIBRARY: readonly ISkill[] = readdirSync(FOLDER)
  .filter(file => file.endsWith('.md'))
  .flatMap(file => {
    const { skill } = parseSkill(readFileSync(join(FOLDER, file), 'utf8'), file);
    return skill ? [skill] : [];
  });

export const find = (id: string): ISkill | undefined =>
  LIBRARY.find(skill => skill.id === id);
