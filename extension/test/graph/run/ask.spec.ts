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

  it('has coroutines awaited by code, unless the kernel of the page awaits them', async () => {
    const asked: unknown[] = [];
    const kernelBy = (WebSocket: unknown) =>
      ({
        serverSettings: { WebSocket },
        requestExecute: (content: unknown) => {
          asked.push(content);
          const answer = { data: { 'application/json': { points: [] } } };
          const reply = { status: 'ok', user_expressions: { answer } };
          return { done: Promise.resolve({ content: reply }) };
        }
      }) as unknown as Kernel.IKernelConnection;
    for (const socket of [globalThis.WebSocket, class Mock {}]) {
      const expressions = { answer: 'advance("{}")' };
      const options = { awaits: true };
      const answers = await askKernel(
        kernelBy(socket),
        expressions,
        jest.fn(),
        options
      );
      expect(answers?.get('answer')).toEqual({ points: [] });
    }
    expect(asked).toEqual([
      expect.objectContaining({
        code: '_llmos_answer = await advance("{}")',
        user_expressions: { answer: 'globals().pop("_llmos_answer")' }
      }),
      expect.objectContaining({
        code: '',
        user_expressions: { answer: 'advance("{}")' }
      })
    ]);
  });
});
