/** A run that Python has asked for, under way at its host. */
export interface IAskedRun {
  readonly answer: Promise<unknown>;
  /** Ends the run too, once Python no longer waits for it. */
  cancel(): void;
}

/** Connects Python with what answers it; see `llmos_boot._host`. */
export type ConnectHost = (
  run: (request: unknown) => IAskedRun,
  read: (path: string) => Promise<unknown>,
  store: unknown
) => void;
