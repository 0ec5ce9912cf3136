/** Mines traces off the main thread: one task, one answer. */
import { doMine } from './doMine';
import type { IMineTask, MineAnswer } from './mineTask';

self.onmessage = ({ data }: MessageEvent<IMineTask>) => {
  let answer: MineAnswer;
  try {
    answer = doMine(data);
  } catch (error) {
    answer = { failed: error instanceof Error ? error.message : String(error) };
  }
  self.postMessage(answer);
};
