import { readNetlist } from '../../../src/mime/schematic/netlist';
import type { IPart } from '../../../src/mime/schematic/parts';
import { quantity } from '../../../src/mime/schematic/readers';

function partOf(text: string, name: string): IPart | undefined {
  return readNetlist(text).parts.find(part => part.name === name);
}

describe('readNetlist', () => {
  it('reads parts with their nodes, in lower case, and gnd as ground', () => {
    const { parts, unread } = readNetlist(
      'Vin IN gnd 5\nR1 In Out 4.7k\nC1 out 0 100n'
    );
    expect(unread).toEqual([]);
    expect(parts.map(({ kind, pins }) => [kind, pins.map(pin => pin.node)])).toEqual([
      ['voltage', ['in', '0']],
      ['resistor', ['in', 'out']],
      ['capacitor', ['out', '0']]
    ]);
    expect(parts.map(part => part.value)).toEqual(['5 V', '4.7 kΩ', '100 nF']);
  });

  it('joins continued lines and drops comments and what follows .end', () => {
    const text = '* all\nR1 a b\n+ 2k ; two\nR2 b 0 1 $ one\n.end\nR3 b 0 1';
    expect(readNetlist(text).parts.map(part => part.value)).toEqual(['2 kΩ', '1 Ω']);
  });

  it('shows the form of a source: constant, sine, pulse, AC', () => {
    const text = [
      'V1 a 0 SIN(0 1 1k)',
      'V2 b 0 DC 0 AC 1 PULSE (0 5 1u)',
      'V3 c 0 DC 0 AC 1',
      'I1 d 0 2m'
    ].join('\n');
    const { parts } = readNetlist(text);
    expect(parts.map(part => [part.wave, part.value])).toEqual([
      ['sine', 'SIN 0 1 1k'],
      ['pulse', 'PULSE 0 5 1u'],
      ['sine', 'AC 1'],
      ['dc', '2 mA']
    ]);
  });

  it('takes the polarity of a transistor from its model', () => {
    const text =
      'Q1 c b 0 qq\nM1 d g s s mm\n.model qq PNP(bf=100)\n.model mm NMOS(vto=1)';
    expect(partOf(text, 'Q1')?.kind).toBe('pnp');
    expect(partOf(text, 'M1')?.kind).toBe('nmos');
  });

  it('draws a bulk only where it is not tied to the source', () => {
    const roles = (text: string): readonly string[] | undefined =>
      partOf(text, 'M1')?.pins.map(pin => pin.role);
    expect(roles('M1 d g s s mm\n.model mm nmos')).not.toContain('bulk');
    expect(roles('M1 d g s 0 mm\n.model mm nmos')).toContain('bulk');
  });

  it('names the ports of a subcircuit and leaves its body out', () => {
    const text = '.subckt amp in out vcc\nR1 in out 1\n.ends\nX1 a b vdd amp gain=2';
    const { parts } = readNetlist(text);
    expect(parts.map(part => part.name)).toEqual(['X1']);
    expect(parts[0]?.pins).toEqual([
      { role: 'in', node: 'a' },
      { role: 'out', node: 'b' },
      { role: 'vcc', node: 'vdd' }
    ]);
  });

  it('makes a transformer of two coupled coils, and notes three at each', () => {
    const two = readNetlist('L1 a 0 1m\nL2 b 0 4m\nK1 L1 L2 0.9').parts;
    expect(two.map(part => part.kind)).toEqual(['transformer']);
    expect(two[0]?.value).toBe('1 mH : 4 mH, k 0.9');
    const three = readNetlist('L1 a 0 1m\nL2 b 0 4m\nL3 c 0 4m\nK1 L1 L2 L3 0.9').parts;
    expect(three.map(part => part.value)).toEqual([
      '1 mH (K1)',
      '4 mH (K1)',
      '4 mH (K1)'
    ]);
  });

  it('gives controlled sources their control pins, or the formula', () => {
    expect(partOf('E1 a 0 p n 200k', 'E1')?.pins.map(pin => pin.node)).toEqual([
      ...['a', '0', 'p', 'n']
    ]);
    expect(partOf('F1 a 0 Vm 3', 'F1')?.value).toBe('3·i(Vm)');
    expect(partOf('B1 a 0 V = v(x)*2', 'B1')?.value).toBe('v(x)*2');
    expect(partOf('B1 a 0 I = v(x)*2', 'B1')?.kind).toBe('dependent-current');
  });

  it('leaves helpers out and says which cards it cannot read', () => {
    const { parts, unread } = readNetlist('B_p _p 0 V=1\nR1 a 0 1\nA1 x y model');
    expect(parts.map(part => part.name)).toEqual(['R1']);
    expect(unread).toEqual(['A1 x y model']);
  });

  it('skips .control and survives nonsense', () => {
    expect(readNetlist('.control\nrun\n.endc\nR1\nR2 a').parts).toEqual([]);
  });
});

describe('quantity', () => {
  it.each([
    ['2.2meg', 'Ω', '2.2 MΩ'],
    ['10uF', 'F', '10 µF'],
    ['1e-9', 'F', '1 nF'],
    ['{2*r}', 'Ω', '2*r'],
    ['rload', 'Ω', 'rload']
  ])('writes %s as %s', (text, unit, expected) => {
    expect(quantity(text, unit)).toBe(expected);
  });
});
