/** What a cell is to the person who looks at it; one vocabulary for every view. */
export const CELL_STATUSES = [
  'idle',
  'stale',
  'waiting',
  'running',
  'done',
  'cached',
  'failed',
  'blocked',
  'cancelled'
] as const;

/** Its icon, word and colour are in the extension's `graph/status`. */
export type CellStatus = (typeof CELL_STATUSES)[number];

/** Which cells a person asks to run; `cells` are ids of code cells. */
export type RunChoice =
  | { readonly kind: 'all' | 'stale' }
  | {
      readonly kind: 'to-here' | 'from-here' | 'selection';
      readonly cells: readonly string[];
    };
