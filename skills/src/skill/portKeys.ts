import type { ILocated } from './frontMatter';
import type { IReport } from './problems';
import { closest } from './suggest';

const PORT_KEYS = [
  ...['name', 'type', 'description', 'unit', 'required', 'default'],
  ...['minimum', 'maximum', 'enum']
];

/** Words from other formats that stand for a key of a port, named in the hint. */
const FOREIGN_KEYS: Readonly<Record<string, string>> = {
  min: 'minimum',
  max: 'maximum',
  desc: 'description',
  choices: 'enum',
  options: 'enum'
};

/** Keys of others are kept and let alone; one that was probably meant for ours has no effect. */
export function warnOfPortKeys(
  port: string,
  entries: ReadonlyMap<string, ILocated>,
  report: IReport
): void {
  const absent = PORT_KEYS.filter(key => !entries.has(key));
  for (const [key, { line }] of entries) {
    if (PORT_KEYS.includes(key) || key.startsWith('x-')) {
      continue;
    }
    const near = FOREIGN_KEYS[key.toLowerCase()] ?? closest(key, absent);
    if (near !== undefined && absent.includes(near)) {
      report.add(
        'unknown-port-key',
        line,
        `"${key}" of "${port}" is not known, and has no effect.`,
        `Write "${near}", if that is meant.`
      );
    }
  }
}
