/** Numbers as people read them. */

const PREFIXES = ['f', 'p', 'n', 'µ', 'm', '', 'k', 'M', 'G', 'T'] as const;
const MINUS = '\u2212';

/**
 * A value with SI prefix and unit, at `digits` significant digits. Units that take no
 * prefix (`dB`, `°`, none) keep plain numbers.
 *
 * @example formatQuantity(0.0047, 's') // '4.700 ms'
 */
export function formatQuantity(value: number, unit: string, digits = 4): string {
  if (!Number.isFinite(value)) {
    return '–';
  }
  if (unit === 'dB' || unit === '°' || unit === '°C') {
    const places = Math.max(0, digits - 2);
    return `${signed(value.toFixed(places))} ${unit}`.replace(' °', '°');
  }
  if (value === 0) {
    return `0 ${unit}`.trimEnd();
  }
  let power = Math.floor(Math.log10(Math.abs(value)) / 3);
  // Rounding may reach the next prefix: 999.96 at four digits is 1.000 k.
  if (Number((Math.abs(value) / 1000 ** power).toPrecision(digits)) >= 1000) {
    power += 1;
  }
  const prefix = PREFIXES[power + 5];
  if (prefix === undefined) {
    return `${signed(value.toExponential(digits - 1))} ${unit}`.trimEnd();
  }
  return `${signed((value / 1000 ** power).toPrecision(digits))} ${prefix}${unit}`.trimEnd();
}

/** A short axis label: as few digits as say `value` at the spacing of its ticks. */
export function formatTick(value: number, unit: string, digits = 6): string {
  const label = formatQuantity(value, unit, digits);
  return label
    .replace(/(\.\d*?)0+(?=\D|$)/, '$1')
    .replace(/\.(?=\D|$)/, '')
    .trim();
}

function signed(text: string): string {
  return text.startsWith('-') ? MINUS + text.slice(1) : text;
}
