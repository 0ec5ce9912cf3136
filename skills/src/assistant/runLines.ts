import { isRun, parseTraces } from '../session/trace';

/** How many runs a model is told of. */
const MAX_RUNS = 5;

/**
 * The last runs of a session as lines for a model, newest first.
 *
 * @param text of `traces.jsonl`
 */
export function runLines(text: string): readonly string[] {
  return parseTraces(text)
    .traces.filter(isRun)
    .slice(-MAX_RUNS)
    .reverse()
    .map(({ started, status, ms, nodes }) => {
      const steps = nodes.map(({ id, skill, status: end, error }) => {
        const fault = error ? ` (${error.name}: ${error.message.slice(0, 200)})` : '';
        return `${skill ?? id} ${end}${fault}`;
      });
      return `${started} ${status} in ${Math.round(ms)} ms: ${steps.join(', ')}`;
    });
}
