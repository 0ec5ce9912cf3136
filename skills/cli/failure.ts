/** Exit code of what the access rule refuses, and of skills of others without --trust. */
export const REFUSED = 3;
/** Exit code of arguments that cannot be meant so, such as a folder that is not there. */
export const WRONG_USAGE = 2;

/** A failure that a person can mend: `main` prints its message without a stack. */
export class CommandFailure extends Error {
  readonly exitCode: number;

  /** `message` says what happened and what to do. */
  constructor(message: string, exitCode = 1) {
    super(message);
    this.name = 'CommandFailure';
    this.exitCode = exitCode;
  }
}
