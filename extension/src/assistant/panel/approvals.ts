import type { ApprovalAnswer, IApproval } from '../tools/toolContext';

/** A question to the person that stands open. */
export interface IOpenApproval extends IApproval {
  readonly answer: (answer: ApprovalAnswer) => void;
}

/** What a turn asks of the person, one question at a time. */
export class Approvals {
  constructor(private readonly _onChange: () => void) {}

  get open(): IOpenApproval | null {
    return this._open;
  }

  /** Asks the person; the answer is "no" when the turn is stopped, or was before. */
  readonly ask = (approval: IApproval, signal: AbortSignal): Promise<ApprovalAnswer> =>
    new Promise(resolve => {
      if (signal.aborted) {
        resolve('no');
        return;
      }
      const answer = (given: ApprovalAnswer): void => {
        signal.removeEventListener('abort', stop);
        this._open = null;
        this._onChange();
        resolve(given);
      };
      const stop = (): void => answer('no');
      signal.addEventListener('abort', stop, { once: true });
      this._open = { ...approval, answer };
      this._onChange();
    });

  private _open: IOpenApproval | null = null;
}
