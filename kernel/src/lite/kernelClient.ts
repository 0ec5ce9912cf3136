import { LiteKernelClient } from '@jupyterlite/services';

/** A kernel that can be interrupted, such as {@link SkillKernel}. */
interface IInterruptible {
  interrupt(): void;
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
      kernel.interrupt();
    }
    await super.interrupt(kernelId);
  }
}
