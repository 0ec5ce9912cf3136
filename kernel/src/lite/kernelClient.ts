import type { KernelMessage } from '@jupyterlab/services';
import { LiteKernelClient } from '@jupyterlite/services';
import { PromiseDelegate } from '@lumino/coreutils';

/** A kernel that can be interrupted, such as {@link SkillKernel}. */
interface IInterruptible {
  /** Of the request that it answers. */
  readonly parentHeader?: { readonly session: string };
  /** Resolves when the stop has been heard, or people were asked; never rejects. */
  interrupt(): Promise<void>;
}

function isInterruptible(kernel: unknown): kernel is IInterruptible {
  return (
    typeof (kernel as Partial<IInterruptible> | undefined)?.interrupt === 'function'
  );
}

/** Cells that ask for input, by the session that their request came from. */
type Asking = Map<string, PromiseDelegate<KernelMessage.IInputReplyMsg>>;

/** What a cell hears that is stopped while it asks. */
const STOPPED = {
  content: { status: 'error', ename: 'KeyboardInterrupt', evalue: '', traceback: [] }
} as unknown as KernelMessage.IInputReplyMsg;

/** JupyterLite's kernel client, whose interrupt also reaches the running cell. */
export class InterruptingKernelClient extends LiteKernelClient {
  /** Waits for what the person types, by way of the service worker. */
  override async handleStdin(
    request: KernelMessage.IInputRequestMsg
  ): Promise<KernelMessage.IInputReplyMsg> {
    const { session } = request.parent_header as KernelMessage.IHeader;
    const stopped = new PromiseDelegate<KernelMessage.IInputReplyMsg>();
    this._asking.set(session, stopped);
    try {
      return await Promise.race([super.handleStdin(request), stopped.promise]);
    } finally {
      this._asking.delete(session);
    }
  }

  override async interrupt(kernelId: string): Promise<void> {
    const kernel: unknown = await this.getModel(kernelId);
    if (isInterruptible(kernel)) {
      const asking = this._asking.get(kernel.parentHeader?.session ?? '');
      asking?.resolve(STOPPED);
      if (!asking) {
        // Not awaited: cells that wait are cancelled at once.
        void kernel.interrupt();
      }
    }
    await super.interrupt(kernelId);
  }

  private readonly _asking: Asking = new Map();
}
