import type { INotebookRuns } from './tokens';

/** For how long what is costly to draw waits for a run, in milliseconds. */
const PATIENCE_MS = 300;

/**
 * Resolves when no run is under way, or when it has lasted for long: drawing a chart
 * takes the page's one thread for longer than most cells take to run.
 */
export async function runsAtRest(
  runs: Pick<INotebookRuns, 'active' | 'changed'>
): Promise<void> {
  if (runs.active.length === 0) {
    return;
  }
  await new Promise<void>(resolve => {
    const end = (): void => {
      runs.changed.disconnect(look);
      clearTimeout(timer);
      resolve();
    };
    const look = (): void => {
      if (runs.active.length === 0) {
        end();
      }
    };
    const timer = setTimeout(end, PATIENCE_MS);
    runs.changed.connect(look);
  });
}
