import { formatPython, isRecord } from '@llmos-lab/skills';

import type { Answers } from './ask';

/** A cell of a run, as the kernel follows it without running anything. */
export type ForetoldCell = {
  readonly id: string;
  readonly source: string;
} & (
  | {
      /** The variable that takes the result of a cell that only calls a skill. */
      readonly target: string | null;
    }
  | {
      /** Names that any other cell binds or changes. */
      readonly binds: readonly string[];
    }
);

/** Cells up to which the kernel is asked: a look must not take long. */
const MOST_CELLS = 256;

/**
 * Asks the kernel which calls of a run, told from top to bottom, the cache will answer.
 * Cells of which only running tells are left out, all of them where the kernel does not
 * know how.
 */
export async function foretellCalls(
  ask: (expressions: Readonly<Record<string, string>>) => Promise<Answers | null>,
  cells: readonly ForetoldCell[]
): Promise<ReadonlyMap<string, boolean>> {
  if (cells.length > MOST_CELLS) {
    return new Map();
  }
  const text = formatPython(JSON.stringify(cells));
  const answers = await ask({
    answer: `__import__("llmos._foretell", fromlist=["foretell"]).foretell(${text})`
  });
  const answer = answers?.get('answer');
  const found: unknown = isRecord(answer) ? answer.cached : undefined;
  const told: readonly unknown[] = Array.isArray(found) ? found : [];
  return new Map(
    cells.flatMap((cell, at) => {
      const cached = told[at];
      const isTold = 'target' in cell && typeof cached === 'boolean';
      return isTold ? [[cell.id, cached] as const] : [];
    })
  );
}
