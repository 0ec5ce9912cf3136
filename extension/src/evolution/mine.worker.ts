/**
 * Mines traces off the main thread: one task, one answer; the history that it has read and
 * mined stays for the next. It takes the core's own modules,
 * not the package: that one is shared by the labextensions through the page, which a
 * worker cannot reach.
 */
/* eslint-disable no-restricted-imports -- a worker cannot reach the shared package */
import { createMineMemory } from '@llmos-lab/skills/lib/evolution/mineTask';
import { promoteTask } from '@llmos-lab/skills/lib/evolution/promoteTask';
/* eslint-enable no-restricted-imports */
import type { IMineTask, IPromoteTask } from '@llmos-lab/skills';

import { reasonOf } from '../reasonOf';

const memory = createMineMemory();

self.onmessage = ({ data }: MessageEvent<IMineTask | IPromoteTask>) => {
  let answer: unknown;
  try {
    answer = 'library' in data ? memory.run(data) : promoteTask(data);
  } catch (error) {
    answer = { failed: reasonOf(error) };
  }
  self.postMessage(answer);
};
