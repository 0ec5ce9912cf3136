import { formatQuantity, formatTick } from '../../src/mime/format';

describe('formatQuantity', () => {
  it.each([
    [0.0047, 's', '4.700 ms'],
    [-1e-6, 'A', '−1.000 µA'],
    [999.96, 'Hz', '1.000 kHz'],
    [0, 'V', '0 V'],
    [-3.0103, 'dB', '−3.01 dB'],
    [-45, '°', '−45.00°'],
    [1e20, 'Ω', '1.000e+20 Ω'],
    [NaN, 'V', '–']
  ])('writes %p %s as %s', (value, unit, text) => {
    expect(formatQuantity(value, unit)).toBe(text);
  });

  it('leaves empty decimals out of ticks', () => {
    expect(formatTick(1500, 'Hz')).toBe('1.5 kHz');
    expect(formatTick(100, 'V')).toBe('100 V');
    expect(formatTick(-20, 'dB')).toBe('−20 dB');
  });
});
