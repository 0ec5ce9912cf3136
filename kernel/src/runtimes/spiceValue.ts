/**
 * SPICE numbers: `4.7k`, `10u`, `2.2meg`, `1e-9`, `10uF`, and `4k7` as people write it.
 *
 * Suffixes are ngspice's (manual, 2.3.1): case does not matter, so `M` is milli and
 * mega is `meg`; letters after the suffix are a unit and are not read.
 */

/** Power of ten of each suffix, longer ones first; `mil` is 25.4e-6 and stands apart. */
const SUFFIXES: readonly (readonly [string, number])[] = [
  ['meg', 6],
  ['t', 12],
  ['g', 9],
  ['k', 3],
  ['m', -3],
  ['u', -6],
  ['µ', -6],
  ['μ', -6],
  ['n', -9],
  ['p', -12],
  ['f', -15],
  ['a', -18]
];

const NUMBER = /^([+-]?)(\d+\.?\d*|\.\d+)(?:e([+-]?\d+))?([a-zµμΩ]*)$/i;
/** `4k7`, `2meg2`, `4r7`: the suffix stands where the decimal point would. */
const POINT = /^([+-]?)(\d+)(meg|[rtgkmunpfµμ])(\d+)$/i;

/**
 * The value of a SPICE number, or null when `text` is none. `2M2` is refused: most
 * people mean mega by it, SPICE means milli.
 *
 * @example parseSpiceValue('4k7') // 4700
 */
export function parseSpiceValue(text: string): number | null {
  const word = text.trim();
  const point = POINT.exec(word);
  if (point) {
    const [, sign = '', whole = '', letter = '', rest = ''] = point;
    if (letter === 'M') {
      return null;
    }
    const power = letter.toLowerCase() === 'r' ? 0 : suffixOf(letter);
    return power === null ? null : Number(`${sign}${whole}.${rest}e${power}`);
  }
  const plain = NUMBER.exec(word);
  if (!plain) {
    return null;
  }
  const [, sign = '', digits = '', exponent = '0', letters = ''] = plain;
  if (/^mil/i.test(letters)) {
    return Number(`${sign}${digits}e${exponent}`) * 25.4e-6;
  }
  const power = Number(exponent) + (suffixOf(letters) ?? 0);
  return Number(`${sign}${digits}e${power}`);
}

function suffixOf(letters: string): number | null {
  const word = letters.toLowerCase();
  return SUFFIXES.find(([suffix]) => word.startsWith(suffix))?.[1] ?? null;
}

const NAMES: Readonly<Record<number, string>> = {
  12: 't',
  9: 'g',
  6: 'meg',
  3: 'k',
  0: '',
  [-3]: 'm',
  [-6]: 'u',
  [-9]: 'n',
  [-12]: 'p',
  [-15]: 'f'
};

/**
 * The shortest SPICE number that reads back as exactly `value`, with a suffix between
 * femto and tera. Throws a `RangeError` for what SPICE cannot write (NaN, infinity).
 *
 * @example formatSpiceValue(4700) // '4.7k'
 */
export function formatSpiceValue(value: number): string {
  if (!Number.isFinite(value)) {
    throw new RangeError(`${value} is no value that a netlist can hold.`);
  }
  if (value === 0) {
    return '0';
  }
  const [mantissa = '', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  const name = NAMES[Math.floor(exponent / 3) * 3];
  if (name === undefined) {
    return `${mantissa}e${exponent}`;
  }
  const shift = exponent - Math.floor(exponent / 3) * 3;
  const [whole = '', decimals = ''] = mantissa.split('.');
  const digits = decimals.padEnd(shift, '0');
  const rest = digits.slice(shift);
  return `${whole}${digits.slice(0, shift)}${rest ? `.${rest}` : ''}${name}`;
}

/** Whether ngspice alone would misread `word`: `4k7` is `4k` to it. */
export function isPointNotation(word: string): boolean {
  return POINT.test(word);
}
