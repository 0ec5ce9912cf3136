import type { IPort } from '@llmos-lab/skills';
import { prepareDeck } from '../../src/runtimes/deck';
import { fillTemplate } from '../../src/runtimes/netlist';
import { includeFiles } from '../../src/runtimes/netlistFiles';
import { skillOf } from './skill';

const port = (name: string, more: Partial<IPort> = {}): IPort => ({
  name,
  type: 'any',
  ...more
});

const filled = (
  code: string,
  inputs: Record<string, unknown>,
  ports: readonly IPort[] = Object.keys(inputs).map(name => port(name))
): string =>
  fillTemplate(skillOf(code, ports), inputs)
    .map(line => line.text)
    .join('\n');

describe('fillTemplate', () => {
  it('fills all three kinds of placeholder', () => {
    expect(filled('r1 a b {{r}}\nc1 b 0 ${c}\nr2 a 0 {r}', { r: 4700, c: 1e-8 })).toBe(
      'r1 a b 4.7k\nc1 b 0 10n\nr2 a 0 4.7k'
    );
  });

  it('reads point notation, which ngspice alone takes for 4k', () => {
    expect(filled('r1 a b {{r}}', { r: '4k7' })).toBe('r1 a b 4.7k');
  });

  it('puts values into formulas and leaves the rest of them to ngspice', () => {
    expect(filled('.param k=2\nr1 a b {k*r+r1}', { r: '10k' })).toBe(
      '.param k=2\nr1 a b {k*10k+r1}'
    );
  });

  it('leaves names that the netlist defines itself', () => {
    expect(filled('.param r=5\nr1 a b {r}', { r: 1 })).toBe('.param r=5\nr1 a b {r}');
  });

  it('joins arrays, for piecewise linear sources', () => {
    expect(filled('v1 a 0 pwl({{p}})', { p: Float64Array.of(0, 0, 1e-3, 5) })).toBe(
      'v1 a 0 pwl(0 0 1m 5)'
    );
  });

  it('takes a text of several lines where the placeholder stands alone', () => {
    const lines = fillTemplate(skillOf('{{netlist}}', [port('netlist')]), {
      netlist: 'title\nr1 a 0 1'
    });
    expect(lines).toEqual([
      { text: 'title', source: 'input netlist', line: 1 },
      { text: 'r1 a 0 1', source: 'input netlist', line: 2 }
    ]);
  });

  it('refuses a line break inside a line', () => {
    expect(() => filled('r1 a b {{r}}', { r: '1\n.include /x' })).toThrow(
      /Input r: expected a text of one line/
    );
  });

  it('names input, expected and given of a bad value', () => {
    const ports = [port('r', { type: 'number' })];
    expect(() => filled('r1 a b {{r}}', { r: 'many' }, ports)).toThrow(
      'Input r: expected a SPICE value such as 4k7, 10u or 2.2meg, given "many".'
    );
  });

  it('keeps to the limits of the input, for SPICE values too', () => {
    const ports = [port('r', { minimum: 1, maximum: 1e6 })];
    expect(() => filled('r1 a b {{r}}', { r: '2.2meg' }, ports)).toThrow(
      /from 1 to 1000000/
    );
  });

  it('names an unknown placeholder with its line in the skill file', () => {
    expect(() => filled('* t\nr1 a b {{x}}', { r: 1 })).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('no input of that name (inputs: r)') as string,
        failure: expect.objectContaining({ line: 11 }) as object
      }) as Error
    );
  });

  it('leaves comments alone', () => {
    expect(filled('* uses {{x}}', { r: 1 })).toBe('* uses {{x}}');
  });
});

describe('includeFiles', () => {
  const files: Record<string, string> = {
    'diode.lib': '.model d1 d(is=1e-14)\n.include deeper.inc',
    'deeper.inc': '* deep',
    'circle.inc': '.include back.inc',
    'back.inc': '.include "./circle.inc"',
    'many.inc': '.include diode.lib\n'.repeat(60),
    'long.inc': 'r1 a b 1\n'.repeat(100_001),
    'corners.lib': '.lib fast\n.param k=2\n.endl\n.lib slow\n.param k=1\n.endl'
  };
  const read = (path: string): Promise<string | null> =>
    Promise.resolve(files[path] ?? null);
  const include = async (card: string): Promise<string[]> =>
    (await includeFiles(fillTemplate(skillOf(card), {}), read)).map(line => line.text);

  it('puts the file, and what it includes, in the place of the card', async () => {
    expect(await include('.include "diode.lib"\nr1 a 0 1')).toEqual([
      '.model d1 d(is=1e-14)',
      '* deep',
      'r1 a 0 1'
    ]);
  });

  it('takes one section of a library', async () => {
    expect(await include(".lib 'corners.lib' SLOW")).toEqual(['.param k=1']);
  });

  it.each([
    ['.include none.lib', /no file none.lib beside the skill/],
    ['.include circle.inc', /included from itself/],
    ['.include ./many.inc', /more than 100 files or 100000 lines/],
    ['.include long.inc', /more than 100 files or 100000 lines/],
    ['.include ../secret', /not a path below/],
    ['.include /etc/passwd', /not a path below/],
    ['.lib corners.lib typical', /no section .lib typical/]
  ])('refuses %s', async (card, message) => {
    await expect(include(card)).rejects.toThrow(message);
  });
});

describe('prepareDeck', () => {
  const deck = (text: string): ReturnType<typeof prepareDeck> =>
    prepareDeck(fillTemplate(skillOf(text), {}), 'n1');

  it('puts the nonce in the place of the title', () => {
    const made = deck('RC filter\nr1 a 0 1\n.op\n.end\nignored');
    expect(made.title).toBe('RC filter');
    expect(made.text).toBe('NONCE-n1\nr1 a 0 1\n.op\n.end\n');
    expect(made.opText).toBeNull();
    expect(made.lines[1]).toEqual({ text: 'r1 a 0 1', source: 'skill', line: 11 });
  });

  it('keeps a first line that plainly is a part, and says so', () => {
    const made = deck('V1 in 0 DC 5\nr1 in 0 1\n.op');
    expect(made.text).toContain('V1 in 0 DC 5');
    expect(made.notes).toEqual([
      'Note: the first line is a part, not a title: V1 in 0 DC 5'
    ]);
  });

  it('makes an operating-point deck without the analyses and their cards', () => {
    const made = deck('t\nr1 a 0 1\n.tran 1u\n+ 1m\n.meas tran x max v(a)\n.save v(a)');
    expect(made.opText).toBe('NONCE-n1\nr1 a 0 1\n.op\n.end\n');
    expect(made.measures).toEqual(['x']);
  });

  it('takes the analyses out of a .control block', () => {
    const made = deck('t\nr1 a 0 1\n.control\nac dec 5 1 1k\nplot v(a)\nquit\n.endc');
    expect(made.text).toBe('NONCE-n1\nr1 a 0 1\n.ac dec 5 1 1k\n.end\n');
  });

  it('names the swept source', () => {
    expect(deck('t\n.dc VIN 0 1 0.1 V2 0 5 1').swept).toBe('vin');
  });

  it.each([
    ['t\nr1 a 0 1', /has no analysis/],
    ['t\nr1 a 0 1\n.pz 1 0 2 0 vol pz', /not one of the analyses/]
  ])('refuses %j', (text, message) => {
    expect(() => deck(text)).toThrow(message);
  });
});
