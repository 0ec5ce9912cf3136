import type { IRuntimeLimits } from '@llmos-lab/kernel';

const MEGABYTE = 2 ** 20;

/** The limits that settings ask for; what is no positive number stays as it was. */
export function limitsFrom(
  settings: Readonly<Record<string, unknown>>,
  present: IRuntimeLimits
): IRuntimeLimits {
  const asked = (name: string, factor: number, otherwise: number): number => {
    const value = settings[name];
    return typeof value === 'number' && value > 0 ? value * factor : otherwise;
  };
  return {
    seconds: asked('seconds', 1, present.seconds),
    memoryBytes: asked('megabytes', MEGABYTE, present.memoryBytes),
    outputBytes: asked('outputMegabytes', MEGABYTE, present.outputBytes),
    logLines: asked('logLines', 1, present.logLines)
  };
}
