import { LiteKernelClient } from '@jupyterlite/services';

/** A kernel that can be interrupted, such as {@link SkillKernel}. */
interface IInterruptible {
  /** Resolves when the stop has been heard, or people were asked; never rejects. */
  interrupt(): Promise<void>;
}

function isInterruptible(kernel: unknown): kernel is IInterruptible {
  return (
    typeof (kernel as Partial<IInterruptible> | undefined)?.interrupt === 'function'
  );
}

/** JupyterLite's kernel client, whose interrupt also reaches the running cell. */
export class InterruptingKernelClient extends LiteKernelClient {
  override async interrupt(kernelId: string): Promise<void> {
    const kernel: unknown = await this.getModel(kernelId);
    if (isInterruptible(kernel)) {
      // Not awaited: cells that wait are cancelled at once.
      void kernel.interrupt();
    }
    await super.interrupt(kernelId);
  }
}
