/** Symbols of parts: their lines and where their terminals are, in units of the drawing. */

import type { IPart, PartKind } from './parts';

/** Which way a lead leaves its part. */
export type Side = 'N' | 'E' | 'S' | 'W';

/** Where a terminal ends, from the middle of the symbol. */
export interface ITerminal {
  readonly role: string;
  readonly x: number;
  readonly y: number;
  readonly side: Side;
}

/** A symbol after IEC 60617, upright, around its middle. */
export interface ISymbol {
  /** Path data of the strokes. */
  readonly lines: string;
  /** Path data of what is filled. */
  readonly solid?: string;
  /** Plus and minus signs and port names, which never turn with the symbol. */
  readonly marks?: readonly IMark[];
  readonly terminals: readonly ITerminal[];
  /** Where the body ends on the right, when that is not `width`. */
  readonly body?: number;
  /** Half extents. */
  readonly width: number;
  readonly height: number;
}

/** A sign inside a symbol, in units of the drawing. */
export interface IMark {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor?: 'start' | 'middle' | 'end';
}

/** Parts with two ends stand with the first one up; the length of their half. */
const HALF = 30;
const ENDS: readonly ITerminal[] = [
  { role: '+', x: 0, y: -HALF, side: 'N' },
  { role: '-', x: 0, y: HALF, side: 'S' }
];
const SIGNS: readonly IMark[] = [
  { text: '+', x: 0, y: -6 },
  { text: '−', x: 0, y: 8 }
];
const CIRCLE = 'M0-30V-16M0 16V30M-16 0A16 16 0 1 1 16 0A16 16 0 1 1-16 0Z';
const DIAMOND = 'M0-30V-18M0 18V30M0-18L18 0L0 18L-18 0Z';

function twoEnds(
  lines: string,
  width: number,
  more: Pick<ISymbol, 'solid' | 'marks'> = {}
): ISymbol {
  return { lines, width, height: HALF, terminals: ENDS, ...more };
}

const COIL = 'a5 5 0 0 1 0 10';
const RESISTOR = twoEnds('M0-30V-18l6 3l-12 6l12 6l-12 6l12 6l-12 6l6 3V30', 8);
const CAPACITOR = twoEnds('M0-30V-4M-12-4H12M-12 4H12M0 4V30', 13);
const INDUCTOR = twoEnds(`M0-30V-20${COIL}${COIL}${COIL}${COIL}V30`, 7);
const DIODE = twoEnds('M0-30V-9M0 9V30M-9 9H9', 10, { solid: 'M-9-9H9L0 8Z' });
const DEPENDENT_VOLTAGE = twoEnds(DIAMOND, 18, { marks: SIGNS });
/** SPICE counts current from the first node through the source to the second. */
const DEPENDENT_CURRENT = twoEnds(`${DIAMOND}M0-10V4`, 18, { solid: 'M0 11L-4 3H4Z' });

const WAVES: Readonly<Record<string, string>> = {
  sine: 'M-7 0q3.5-8 7 0t7 0',
  pulse: 'M-8 4h4v-8h8v8h4',
  other: 'M-8 4l5-8l4 5l3-5l4 8'
};

function voltageSource(wave: IPart['wave']): ISymbol {
  const inner = WAVES[wave ?? 'dc'];
  return inner
    ? twoEnds(`${CIRCLE}${inner}`, 17, {
        marks: [
          { text: '+', x: -11, y: -18 },
          { text: '−', x: -11, y: 26 }
        ]
      })
    : twoEnds(CIRCLE, 17, { marks: SIGNS });
}

const CURRENT = twoEnds(`${CIRCLE}M0-10V4`, 17, { solid: 'M0 11L-4 3H4Z' });
const SWITCH = twoEnds('M0-30V-10M0 10V30M0 10L9-10', 10, {
  solid: 'M-2-10a2 2 0 1 0 4 0a2 2 0 1 0-4 0M-2 10a2 2 0 1 0 4 0a2 2 0 1 0-4 0'
});

/** A transistor's third electrode comes from the left; the others go up and down. */
function threeEnds(
  lines: string,
  solid: string,
  roles: readonly [left: string, up: string, down: string, right?: string]
): ISymbol {
  const [left, up, down, right] = roles;
  return {
    lines: right ? `${lines}M2 0H24` : lines,
    solid,
    width: 24,
    height: HALF,
    terminals: [
      { role: left, x: -24, y: 0, side: 'W' },
      { role: up, x: 10, y: -HALF, side: 'N' },
      { role: down, x: 10, y: HALF, side: 'S' },
      ...(right ? [{ role: right, x: 24, y: 0, side: 'E' as const }] : [])
    ]
  };
}

const BIPOLAR = 'M-24 0H-4M-4-14V14M-4-6L10-16V-30M-4 6L10 16V30';
const NPN_HEAD = 'M9 15.5L1.5 13.5L5.5 8Z';
/** The PNP stands on its collector, so that its emitter is up, at the supply. */
const PNP_HEAD = 'M-3-7L4.5-8L1-13Z';
const CHANNEL = 'M-6-12V12M-1-14V-7M-1-4V4M-1 7V14M-1-10H10V-30M-1 10H10V30';
const JUNCTION = 'M-24 0H-4M-4-14V14M-4-9H10V-30M-4 9H10V30';

/** A MOSFET shows its bulk only where that is not tied to the source. */
function mosfet(kind: 'nmos' | 'pmos', hasBulk: boolean): ISymbol {
  const isN = kind === 'nmos';
  const bulk = hasBulk ? [] : ['M-1 0H10V', isN ? '10' : '-10'];
  const head = isN ? 'M0 0L6-3.5V3.5Z' : 'M9 0L3-3.5V3.5Z';
  const ends = isN ? (['drain', 'source'] as const) : (['source', 'drain'] as const);
  return threeEnds(`M-24 0H-6${CHANNEL}${bulk.join('')}`, head, [
    'gate',
    ...ends,
    ...(hasBulk ? (['bulk'] as const) : ([] as const))
  ]);
}

const TRANSFORMER: ISymbol = {
  lines:
    `M-40-30H-12V-20${COIL}${COIL}${COIL}${COIL}V30H-40M-2-22V22M2-22V22` +
    'M40-30H12V-20a5 5 0 0 0 0 10a5 5 0 0 0 0 10a5 5 0 0 0 0 10a5 5 0 0 0 0 10V30H40',
  solid: 'M-20-24a2 2 0 1 0 4 0a2 2 0 1 0-4 0M16-24a2 2 0 1 0 4 0a2 2 0 1 0-4 0',
  width: 40,
  height: HALF,
  terminals: [
    { role: 'primary +', x: -40, y: -30, side: 'W' },
    { role: 'primary -', x: -40, y: 30, side: 'W' },
    { role: 'secondary +', x: 40, y: -30, side: 'E' },
    { role: 'secondary -', x: 40, y: 30, side: 'E' }
  ]
};

/** A source or switch that two nodes control: they come from the left. */
function controlled(symbol: ISymbol): ISymbol {
  const inner = symbol.width;
  return {
    ...symbol,
    lines: `${symbol.lines}M-44-15H-34M-44 15H-34M-34-22H${inner + 4}V22H-34Z`,
    marks: [
      ...(symbol.marks ?? []),
      { text: '+', x: -28, y: -11 },
      { text: '−', x: -28, y: 19 }
    ],
    width: 44,
    body: inner + 4,
    terminals: [
      ...ENDS,
      { role: 'control +', x: -44, y: -15, side: 'W' },
      { role: 'control -', x: -44, y: 15, side: 'W' }
    ]
  };
}

const FIXED: Readonly<Partial<Record<PartKind, ISymbol>>> = {
  resistor: RESISTOR,
  capacitor: CAPACITOR,
  inductor: INDUCTOR,
  diode: DIODE,
  current: CURRENT,
  switch: SWITCH,
  transformer: TRANSFORMER,
  'dependent-voltage': DEPENDENT_VOLTAGE,
  'dependent-current': DEPENDENT_CURRENT,
  npn: threeEnds(BIPOLAR, NPN_HEAD, ['base', 'collector', 'emitter']),
  pnp: threeEnds(BIPOLAR, PNP_HEAD, ['base', 'emitter', 'collector']),
  njf: threeEnds(JUNCTION, 'M-5 0L-12-4V4Z', ['gate', 'drain', 'source']),
  pjf: threeEnds(JUNCTION, 'M-14 0L-7-4V4Z', ['gate', 'source', 'drain'])
};

/** The symbol of a part, its terminals named as its pins are. */
export function symbolOf(part: IPart): ISymbol {
  const { kind, pins, wave } = part;
  if (kind === 'voltage') {
    return voltageSource(wave);
  }
  if (kind === 'nmos' || kind === 'pmos') {
    return mosfet(
      kind,
      pins.some(pin => pin.role === 'bulk')
    );
  }
  const symbol = FIXED[kind];
  if (!symbol) {
    return boxOf(part);
  }
  return pins.some(pin => pin.role === 'control +') ? controlled(symbol) : symbol;
}

const OUTPUT = /^(v?o(ut)?\d*|q\d*|y|2[+-])$/i;
const SUPPLY = /^(v?(cc|dd)|v(p|pos)|vs?\+|supply)$/i;
const RETURN = /^(v?(ee|ss|neg)|vs?-|gnd|vneg)$/i;

/** Amplifiers are triangles that point at their output. */
const AMPLIFIER = /op-?amp|^(lm|tl0|opa|ad8|ua7|ne55)\d+/i;
const PLUS = /^(v?in)?_?(p|\+|pos|plus)$|^non/i;
const MINUS = /^(v?in)?_?(n|m|-|neg|minus)$|^inv/i;

function amplifier(roles: { left: readonly string[]; right: string }): ISymbol {
  const terminals: readonly ITerminal[] = [
    ...roles.left.map((role, i) => end(role, -34, i === 0 ? -12 : 12, 'W')),
    end(roles.right, 40, 0, 'E')
  ];
  return {
    lines: 'M-24-28L30 0L-24 28ZM-34-12H-24M-34 12H-24M30 0H40',
    marks: roles.left.map((role, i) => ({
      text: PLUS.test(role) ? '+' : MINUS.test(role) ? '−' : role,
      x: -20,
      y: i === 0 ? -8 : 16,
      anchor: 'start' as const
    })),
    width: 40,
    height: 28,
    terminals
  };
}

/** A rectangle: supplies above and below, outputs right, all else left. */
function boxOf({ pins, value }: IPart): ISymbol {
  const at = (side: Side): string[] =>
    pins.filter(pin => sideOf(pin.role) === side).map(pin => pin.role);
  const [up, down, right, left] = (['N', 'S', 'E', 'W'] as const).map(at) as [
    string[],
    string[],
    string[],
    string[]
  ];
  const [output, more] = right;
  const isBare = up.length + down.length === 0 && left.length === 2 && !more;
  if (AMPLIFIER.test(value) && isBare && output !== undefined) {
    const inverting = [...left].sort((a, b) => +PLUS.test(a) - +PLUS.test(b));
    return amplifier({ left: inverting, right: output });
  }
  const longest = (roles: readonly string[]): number =>
    Math.max(0, ...roles.map(role => role.length)) * 6;
  const width = Math.max(
    26,
    (longest(left) + longest(right)) / 2 + 12,
    Math.max(up.length, down.length) * 14
  );
  const height = Math.max(18, Math.max(left.length, right.length) * 12 + 4);
  const spread = (index: number, count: number): number =>
    (index - (count - 1) / 2) * 24;
  const terminals: ITerminal[] = [
    ...left.map((role, i) => end(role, -width - 10, spread(i, left.length), 'W')),
    ...right.map((role, i) => end(role, width + 10, spread(i, right.length), 'E')),
    ...up.map((role, i) => end(role, spread(i, up.length), -height - 10, 'N')),
    ...down.map((role, i) => end(role, spread(i, down.length), height + 10, 'S'))
  ];
  return {
    lines:
      `M${-width} ${-height}H${width}V${height}H${-width}Z` +
      terminals.map(({ x, y, side }) => `M${x} ${y}${INWARD[side]}`).join(''),
    marks: terminals.map(markOf),
    width: width + 10,
    height: height + 10,
    terminals
  };
}

const INWARD: Readonly<Record<Side, string>> = {
  N: 'v10',
  S: 'v-10',
  E: 'h-10',
  W: 'h10'
};

function end(role: string, x: number, y: number, side: Side): ITerminal {
  return { role, x, y, side };
}

function sideOf(role: string): Side {
  return SUPPLY.test(role)
    ? 'N'
    : RETURN.test(role)
      ? 'S'
      : OUTPUT.test(role)
        ? 'E'
        : 'W';
}

function markOf({ role, x, y, side }: ITerminal): IMark {
  switch (side) {
    case 'W':
      return { text: role, x: x + 14, y: y + 4, anchor: 'start' };
    case 'E':
      return { text: role, x: x - 14, y: y + 4, anchor: 'end' };
    case 'N':
      return { text: role, x, y: y + 21, anchor: 'middle' };
    case 'S':
      return { text: role, x, y: y - 14, anchor: 'middle' };
  }
}
