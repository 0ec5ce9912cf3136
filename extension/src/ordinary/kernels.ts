import type { Kernel } from '@jupyterlab/services';
import type { IServedKernel } from '@llmos-lab/kernel';

/** Ordinary kernels that this page serves, by the connections of their notebooks. */
const served = new WeakMap<Kernel.IKernelConnection, IServedKernel>();

/** Lets those who send cells know of a kernel that is served. */
export function noteServed(
  kernel: Kernel.IKernelConnection,
  service: IServedKernel
): void {
  served.set(kernel, service);
}

/**
 * Resolves when the kernel knows the skills of this page, or is not to know them: cells
 * that are sent before would look for them in vain. Null where there is nothing to wait for.
 */
export function whenTold(
  kernel: Kernel.IKernelConnection | null | undefined
): Promise<void> | null {
  const service = kernel ? served.get(kernel) : undefined;
  return service?.state === 'starting' ? service.told : null;
}
