import { tame } from './tame';

/** A line of progress on a terminal; nothing in a pipe or a log. */
export interface IProgress {
  show(text: string): void;
  /** Takes the line away. */
  end(): void;
}

/** Writes to standard error, so that standard output stays the answer alone. */
export function startProgress(): IProgress {
  const { stderr } = process;
  if (!stderr.isTTY) {
    return { show: () => undefined, end: () => undefined };
  }
  return {
    show(text) {
      // Some terminals say 0: they do not know.
      const width = Math.max(10, (stderr.columns || 80) - 1);
      stderr.write(`\r\u001b[K${tame(text).slice(0, width)}`);
    },
    end() {
      stderr.write('\r\u001b[K');
    }
  };
}
