/** The command line over a volume of generated runs, from its start to its exit. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatTrace } from '../../src/session/trace';
import { generateHistory } from './generate';

/** Sessions over which the runs are spread, as people have them. */
const SESSIONS = 100;

/**
 * Milliseconds that `llmos evolve --no-replay --json` takes as a process, once for each
 * seed; the bundle must be built.
 */
export function timeCommandLine(
  bundle: string,
  seeds: readonly number[],
  traces: number
): readonly number[] {
  return seeds.map(seed => {
    const volume = mkdtempSync(join(tmpdir(), 'llmos-bench-'));
    try {
      mkdirSync(join(volume, 'skills'));
      const history = generateHistory({ seed, traces, mode: 'intact' });
      for (let session = 0; session < SESSIONS; session += 1) {
        const lines = history.traces
          .filter((_, index) => index % SESSIONS === session)
          .map(trace => `${formatTrace(trace)}\n`);
        const folder = join(volume, `sessions/s-${session}`);
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, 'traces.jsonl'), lines.join(''));
      }
      const start = performance.now();
      execFileSync(
        process.execPath,
        [bundle, 'evolve', '--volume', volume, '--no-replay', '--json'],
        { stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 30 }
      );
      return performance.now() - start;
    } finally {
      rmSync(volume, { recursive: true });
    }
  });
}
