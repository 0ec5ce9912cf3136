/** Ctrl-C: ends the command at once, but for moments that must end whole and long work that can keep what it has. */
import { reasonOf } from '@llmos-lab/skills';
import { warn } from './output';

/** What a shell gives for programs that SIGINT and SIGTERM have ended. */
const INTERRUPTED = 130;
const TERMINATED = 143;

const cleanups = new Set<() => void>();
let shields = 0;
let pending: number | null = null;
let stopping: AbortController | null = null;

/**
 * Takes over SIGINT and SIGTERM of this process, and SIGUSR1: Node's own answer to it opens
 * its inspector, through which a skill could have the rights of this process.
 */
export function handleInterrupts(): void {
  process.on('SIGINT', () => interrupt(INTERRUPTED));
  process.on('SIGTERM', () => interrupt(TERMINATED));
  process.on('SIGUSR1', () => undefined);
}

function interrupt(code: number): void {
  if (shields > 0) {
    pending = code;
    return;
  }
  if (stopping && !stopping.signal.aborted) {
    stopping.abort(code);
    return;
  }
  leave(code);
}

function leave(code: number): never {
  cleanups.forEach(tidy);
  process.exit(code);
}

/** Does what only tidies up: where it fails that is said, and how the command ends stays. */
export function tidy(cleanup: () => void): void {
  try {
    cleanup();
  } catch (error) {
    warn(`something was left behind: ${reasonOf(error)}`);
  }
}

/**
 * Waits for a signal that has come and is not heard yet, which ends the process. Ctrl-C goes
 * to the programs that this one has started too: that one of them has failed may be heard
 * first, and is no failure of its own then.
 */
export async function hearSignals(): Promise<void> {
  // The first may come before Node asks the system again, the second does not.
  await new Promise(resolve => setImmediate(resolve));
  await new Promise(resolve => setImmediate(resolve));
}

/** Does `work` to its end; a signal that comes meanwhile ends the process afterwards. */
export async function uninterrupted<T>(work: () => Promise<T>): Promise<T> {
  shields += 1;
  try {
    return await work();
  } finally {
    shields -= 1;
    if (shields === 0 && pending !== null) {
      leave(pending);
    }
  }
}

/**
 * Gives `work` a signal that Ctrl-C aborts, so that long work ends with what it has, and
 * then with the exit code that is the signal's reason; the second Ctrl-C ends the command at
 * once.
 */
export async function stoppable<T>(
  work: (stop: AbortSignal) => Promise<T>
): Promise<T> {
  const controller = new AbortController();
  stopping = controller;
  try {
    return await work(controller.signal);
  } finally {
    stopping = null;
  }
}

/** What a signal must take away, such as a temporary file; gives back how to forget it. */
export function onInterrupt(cleanup: () => void): () => void {
  cleanups.add(cleanup);
  return () => cleanups.delete(cleanup);
}
