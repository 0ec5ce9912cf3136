import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const NETLISTS = join(__dirname, '../fixtures/netlists');
const RECORDED = join(__dirname, '../recorded/ngspice');

/** What a simulator computed: `im` is there for complex vectors only. */
export interface IWaveforms {
  /** Name and version of the program. */
  readonly program: string;
  readonly analysis: string;
  readonly vectors: Readonly<Record<string, { re: number[]; im?: number[] }>>;
}

/** Names of the netlists on which both simulators are compared. */
export const netlistNames = readdirSync(NETLISTS)
  .filter(name => name.endsWith('.cir'))
  .map(name => basename(name, '.cir'))
  .sort();

export const readNetlist = (name: string): string =>
  readFileSync(join(NETLISTS, `${name}.cir`), 'utf8');

/** Whether the native program is installed. */
export const hasNative = spawnSync('ngspice', ['--version']).status === 0;

const PLOTS: Readonly<Record<string, string>> = {
  'Operating Point': 'op',
  'DC transfer characteristic': 'dc',
  'AC Analysis': 'ac',
  'Transient Analysis': 'tran',
  'Noise Spectral Density Curves': 'noise'
};

/** Runs the native ngspice in a folder of its own. */
export function runNative(netlist: string): IWaveforms {
  const folder = mkdtempSync(join(tmpdir(), 'llmos-ngspice-'));
  try {
    writeFileSync(join(folder, 'deck.cir'), netlist);
    execFileSync('ngspice', ['-b', '-r', 'out.raw', 'deck.cir'], {
      cwd: folder,
      stdio: 'pipe'
    });
    const version = execFileSync('ngspice', ['--version'], { encoding: 'utf8' });
    const program = /ngspice-\d+/.exec(version)?.[0] ?? 'ngspice';
    return { program, ...readRaw(readFileSync(join(folder, 'out.raw'))) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first plot of a binary raw file (ngspice manual, appendix on raw files). */
function readRaw(bytes: Buffer): Omit<IWaveforms, 'program'> {
  const mark = 'Binary:\n';
  const start = bytes.indexOf(mark);
  const header = bytes.subarray(0, start).toString('latin1');
  const field = (name: string): string =>
    new RegExp(`^${name}: *(.*)$`, 'm').exec(header)?.[1]?.trim() ?? '';
  const points = Number(field('No. Points'));
  const names = [...header.matchAll(/^\t\d+\t(\S+)\t/gm)].map(match => match[1] ?? '');
  const complex = field('Flags').includes('complex');
  const columns = names.map(() => ({ re: [] as number[], im: [] as number[] }));
  let at = start + mark.length;
  const next = (): number => {
    at += 8;
    return bytes.readDoubleLE(at - 8);
  };
  for (let point = 0; point < points; point++) {
    for (const column of columns) {
      column.re.push(next());
      column.im.push(complex ? next() : 0);
    }
  }
  const entries = columns.map(({ re, im }, index) => [
    names[index]?.toLowerCase() ?? '',
    complex && index > 0 ? { re, im } : { re }
  ]);
  return {
    analysis: PLOTS[field('Plotname')] ?? field('Plotname'),
    vectors: Object.fromEntries(entries) as IWaveforms['vectors']
  };
}

/**
 * At most `wanted` points, the first and last among them, in nine digits. A nested sweep,
 * whose axis starts over, keeps all.
 */
export function decimate(waveforms: IWaveforms, wanted = 150): IWaveforms {
  const [axis] = Object.values(waveforms.vectors);
  const rising = axis?.re.every(
    (value, index, all) => value >= (all[index - 1] ?? -Infinity)
  );
  const most = rising ? wanted : Infinity;
  const pick = (values: readonly number[]): number[] => {
    const count = Math.min(most, values.length);
    return Array.from({ length: count }, (_, index) => {
      const at =
        count > 1 ? Math.round((index * (values.length - 1)) / (count - 1)) : 0;
      return Number((values[at] ?? NaN).toPrecision(9));
    });
  };
  const entries = Object.entries(waveforms.vectors).map(([name, { re, im }]) => [
    name,
    im ? { re: pick(re), im: pick(im) } : { re: pick(re) }
  ]);
  return {
    ...waveforms,
    vectors: Object.fromEntries(entries) as IWaveforms['vectors']
  };
}

const recordedFile = (name: string): string => join(RECORDED, `${name}.json`);

export const readRecorded = (name: string): IWaveforms =>
  JSON.parse(readFileSync(recordedFile(name), 'utf8')) as IWaveforms;

export function writeRecorded(name: string, waveforms: IWaveforms): void {
  writeFileSync(recordedFile(name), `${JSON.stringify(waveforms)}\n`);
}
