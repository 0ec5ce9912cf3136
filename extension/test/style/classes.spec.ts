import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

function filesOf(folder: string, end: RegExp): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => end.test(name))
    .map(name => join(ROOT, folder, name));
}

/** Classes that the code makes of a fixed beginning and a word, such as a kind. */
function isMade(name: string, code: string): boolean {
  const cut = name.lastIndexOf('-');
  const isBuilt = (start: string): boolean => code.includes(`${start}\${`);
  return isBuilt(name.slice(0, cut + 1));
}

describe('style sheets', () => {
  // Tables of outputs are made by Python.
  const files = [
    ...filesOf('src', /\.tsx?$/),
    ...filesOf('../kernel/py/llmos', /\.py$/)
  ];
  const code = files.map(file => readFileSync(file, 'utf8')).join('\n');

  it.each(filesOf('style', /\.css$/).map(file => [file.slice(ROOT.length + 1), file]))(
    '%s names only classes that the code gives',
    (_, file) => {
      const sheet = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
      const names = new Set(
        [...sheet.matchAll(/\.(llmos-[\w-]+)/g)].flatMap(([, name]) => name ?? [])
      );
      const unknown = [...names].filter(name => {
        const word = new RegExp(`${name}(?![\\w-])`);
        return !word.test(code) && !isMade(name, code);
      });
      expect(unknown).toEqual([]);
    }
  );
});
