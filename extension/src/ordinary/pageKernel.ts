import type { Kernel } from '@jupyterlab/services';

/**
 * Whether a kernel runs in the page, by JupyterLite: that puts a mock of a socket into the
 * settings. Its kernels drop what is queued after an error, where others answer
 * `aborted`.
 */
export function isOfPage(kernel: Kernel.IKernelConnection | null | undefined): boolean {
  return !!kernel && kernel.serverSettings.WebSocket !== globalThis.WebSocket;
}
