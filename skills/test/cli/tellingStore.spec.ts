import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tellingStore } from '../../cli/executor/tellingStore';

const KERNEL = join(__dirname, '../../../kernel');

it('has all that Python asks of the store in the site', () => {
  const asked = ['py/llmos', 'lite/py/llmos_boot'].flatMap(folder =>
    readdirSync(join(KERNEL, folder))
      .filter(name => name.endsWith('.py'))
      .map(name => readFileSync(join(KERNEL, folder, name), 'utf8'))
      .flatMap(text => [...text.matchAll(/\b_?store\.(\w+)/g)])
      .map(([, name]) => name)
  );
  const names = [...new Set(asked)].sort();
  expect(names).toEqual(expect.arrayContaining(['called', 'loading', 'lookup']));
  expect(Object.keys(tellingStore(() => undefined)).sort()).toEqual(names);
});
