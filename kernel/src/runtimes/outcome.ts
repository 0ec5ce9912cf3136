/** What every runtime gives back. */

/** Outputs by name, a MIME bundle with `text/plain` (or empty), and what was printed. */
export interface IOutcome {
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly bundle: Readonly<Record<string, unknown>>;
  readonly logs: readonly string[];
}
