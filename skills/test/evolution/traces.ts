/** Traces and skills for the tests of evolution. */
import {
  toCompound,
  type ICallable,
  type ICompound
} from '../../src/evolution/compound';
import { mine } from '../../src/evolution/mine';
import { parseSkill } from '../../src/skill/parse';
import type { IExecutableSkill, JsonValue } from '../../src/skill/skill';
import type { ITrace, ITraceNode, TraceEdge } from '../../src/session/trace';

let count = 0;

/** A traced value of JSON. */
export const traced = (value: JsonValue): { type: string; value: JsonValue } => ({
  type:
    typeof value === 'number'
      ? Number.isInteger(value)
        ? 'integer'
        : 'number'
      : Array.isArray(value)
        ? 'array'
        : typeof value,
  value
});

const tracedAll = (values: Readonly<Record<string, JsonValue>>) =>
  Object.fromEntries(Object.entries(values).map(([name, v]) => [name, traced(v)]));

/** A successful node. */
export const node = (
  id: string,
  skill: string,
  inputs: Readonly<Record<string, JsonValue>> = {},
  outputs: Readonly<Record<string, JsonValue>> = {}
): ITraceNode => ({
  id,
  skill,
  version: 'sha256:1',
  status: 'success',
  ms: 1,
  inputs: tracedAll(inputs),
  outputs: tracedAll(outputs)
});

/** A run, each a second later than the last. */
export const run = (
  nodes: readonly ITraceNode[],
  edges: readonly TraceEdge[],
  changes: Partial<ITrace> = {}
): ITrace => ({
  v: 1,
  id: `t${String((count += 1)).padStart(4, '0')}`,
  session: `s-${count}`,
  user: 'ana',
  started: new Date(1.76e12 + count * 1000).toISOString(),
  ms: 1,
  status: 'success',
  goal: '',
  trigger: 'all',
  nodes,
  edges,
  env: {},
  ...changes
});

/** What {@link vqeAndPlot} computes, so that a replay can compute it again. */
export const energyOf = (iterations: number): number => -1.137 - 1e-6 / iterations;

/** A run of an optimisation and its plot. */
export const vqeAndPlot = (
  iterations: number,
  changes: Partial<ITrace> = {},
  energy = energyOf(iterations)
): ITrace =>
  run(
    [
      node('a', 'quantum-vqe', { iterations, layers: 2 }, { eigenvalue: energy }),
      node('b', 'plot-convergence', { title: 'Energy' }, { final_value: energy })
    ],
    [['a', 'convergence_trace', 'b', 'trace']],
    changes
  );

const skill = (text: string): ICallable => {
  const parsed = parseSkill(text, 'x.md').skill;
  if (parsed?.kind !== 'executable') {
    throw new Error(text);
  }
  return { skill: parsed, version: `sha256:${parsed.id.length}${'0'.repeat(62)}` };
};

const file = (id: string, more: string): string =>
  `---\nskill_id: ${id}\nname: ${id}\ndescription: x\ntype: python-wasm\n${more}---\n` +
  '```python\ndef execute(inputs):\n    return {}\n```\n';

/** The two skills of {@link vqeAndPlot}. */
export const LIBRARY: ReadonlyMap<string, ICallable> = new Map(
  [
    skill(
      file(
        'quantum-vqe',
        'pure: true\ninputs:\n' +
          '  - { name: iterations, type: integer, default: 100, minimum: 1 }\n' +
          '  - { name: layers, type: integer, default: 2 }\n' +
          'outputs:\n  - { name: eigenvalue, type: number, unit: Ha }\n' +
          '  - { name: convergence_trace, type: array<number> }\n' +
          'objective: minimise eigenvalue\n'
      )
    ),
    skill(
      file(
        'plot-convergence',
        'pure: true\ninputs:\n  - { name: trace, type: array<number>, required: true }\n' +
          '  - { name: title, type: string, default: Convergence }\n' +
          '  - { name: reference, type: number }\n' +
          'outputs:\n  - { name: final_value, type: number }\n'
      )
    )
  ].map(callable => [callable.skill.id, callable])
);

/** A skill of given ports. */
export const callable = (
  id: string,
  ports: Pick<IExecutableSkill, 'inputs' | 'outputs'>
): ICallable => ({
  version: `sha256:${id}`,
  skill: {
    ...{ kind: 'executable', id, name: id, description: 'x', category: 'general' },
    ...{ keywords: [], aliases: [], body: '', type: 'python-wasm' },
    ...{ mode: 'browser-wasm', pure: true, code: '', codeLine: 1 },
    ...ports
  }
});

/** The skill that is learned from the first pattern of some runs. */
export const learned = (traces: readonly ITrace[]): ICompound => {
  const [pattern] = mine(traces);
  const made = pattern
    ? toCompound(pattern, {
        find: id => LIBRARY.get(id),
        taken: () => false,
        date: '2026-11-21T10:00:00.000Z'
      })
    : { refused: 'no pattern' };
  if ('refused' in made) {
    throw new Error(made.refused);
  }
  return made;
};
