/** @jest-environment node */
import type { Kernel } from '@jupyterlab/services';

import { askKernel } from '../../../src/graph/run/ask';

describe('askKernel', () => {
  it('gives null for a kernel that is dead', async () => {
    const kernel = {
      requestExecute: () => {
        throw new Error('Kernel is dead');
      }
    } as unknown as Kernel.IKernelConnection;
    const watch = jest.fn();
    expect(await askKernel(kernel, { answer: '1' }, watch)).toBeNull();
    expect(watch).not.toHaveBeenCalled();
  });
});
