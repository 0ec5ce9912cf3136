import { RuntimeHost } from '../../src/host/host';
import { memoryCache } from './memoryCache';
import type { IRuntimeCall, IRuntimeResult, ISkillIndex } from '../../src/host/tokens';

function call(type: string, signal = new AbortController().signal): IRuntimeCall {
  const entry = { skill: { id: 'cube', type } };
  return { entry, inputs: {}, signal } as unknown as IRuntimeCall;
}

const RESULT: IRuntimeResult = { outputs: { y: 1 }, bundle: {}, logs: [] };

describe('RuntimeHost', () => {
  let host: RuntimeHost;

  beforeEach(() => {
    host = new RuntimeHost({} as ISkillIndex, memoryCache(), 2);
  });

  it('runs a call in the runtime of its type', async () => {
    host.addRuntime('threejs', { execute: () => Promise.resolve(RESULT) });
    expect(host.hasRuntime('threejs')).toBe(true);
    await expect(host.execute(call('threejs'))).resolves.toBe(RESULT);
  });

  it('names skill, type and what there is when no runtime fits', async () => {
    host.addRuntime('ngspice', { execute: () => Promise.resolve(RESULT) });
    await expect(host.execute(call('threejs'))).rejects.toThrow(
      /Skill "cube" is of type threejs.*installed: ngspice/
    );
  });

  it('takes one runtime a type, until it is disposed', () => {
    const runtime = { execute: () => Promise.resolve(RESULT) };
    const added = host.addRuntime('javascript', runtime);
    expect(() => host.addRuntime('javascript', runtime)).toThrow(/already/);
    added.dispose();
    expect(host.hasRuntime('javascript')).toBe(false);
  });

  it('does not begin a call that was stopped', async () => {
    host.addRuntime('threejs', { execute: () => Promise.resolve(RESULT) });
    await expect(host.execute(call('threejs', AbortSignal.abort()))).rejects.toThrow();
  });
});
