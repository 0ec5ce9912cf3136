/** The parts of a circuit and what they are joined to, as far as a drawing needs it. */

/** What a part is drawn as. */
export type PartKind =
  | 'resistor'
  | 'capacitor'
  | 'inductor'
  | 'voltage'
  | 'current'
  | 'diode'
  | 'npn'
  | 'pnp'
  | 'nmos'
  | 'pmos'
  | 'njf'
  | 'pjf'
  | 'switch'
  | 'dependent-voltage'
  | 'dependent-current'
  | 'transformer'
  | 'box';

/** A terminal of a part. */
export interface IPin {
  /** What it is on the part: `+`, `base`, `drain`, or a port of a subcircuit. */
  readonly role: string;
  /** Lower-case name of the node it is joined to; ground is `0`. */
  readonly node: string;
}

/** A part of the netlist as the drawing takes it. */
export interface IPart {
  /** As written: `R1`. */
  readonly name: string;
  readonly kind: PartKind;
  readonly pins: readonly IPin[];
  /** What stands beside the name: value, model, gain. */
  readonly value: string;
  /** The whole card, for the tooltip. */
  readonly card: string;
  /** Form of a source in time; `dc` when it is constant. */
  readonly wave?: 'dc' | 'sine' | 'pulse' | 'other';
}

/** What was read; nothing of a netlist is dropped silently. */
export interface INetlist {
  readonly parts: readonly IPart[];
  /** Cards of parts that are of no kind known here. */
  readonly unread: readonly string[];
}
