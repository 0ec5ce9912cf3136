/** Points and wires of a laid out schematic, in units of the drawing. */

export interface IPoint {
  readonly x: number;
  readonly y: number;
}

/** All lines of one node of the circuit. */
export interface IWire {
  readonly node: string;
  /** Corners of one or more lines. */
  readonly lines: readonly (readonly IPoint[])[];
  /** Where three or more lines meet. */
  readonly dots: readonly IPoint[];
}
