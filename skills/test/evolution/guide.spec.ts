import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { toCompound } from '../../src/evolution/compound';
import { mine } from '../../src/evolution/mine';
import { readPython } from '../../src/skill/python';
import { argumentUses } from '../../src/workflow/argumentUses';
import { onlyCall } from '../../src/workflow/calls';
import { buildGraph } from '../../src/workflow/graph';
import type { JsonValue } from '../../src/skill/skill';
import type { ITrace, TraceEdge } from '../../src/session/trace';
import { find } from '../assistant/library';
import { node, run } from './traces';

interface INotebook {
  readonly cells: readonly {
    readonly id: string;
    readonly cell_type: string;
    readonly source: readonly string[];
  }[];
}

const { cells } = JSON.parse(
  readFileSync(
    join(__dirname, '../../../lite/notebooks/guide/4-sessions.ipynb'),
    'utf8'
  )
) as INotebook;

const SOURCES = cells
  .filter(({ cell_type }) => cell_type === 'code')
  .map(({ id, source }) => ({ id, source: source.join('') }));

/** What is kept of a run of the whole notebook by its graph. */
function runWith(qubits: number): ITrace {
  const graph = buildGraph(
    SOURCES.map(({ id, source }) => ({
      id,
      source: source.replace(/(?<=qubits=)\d+/, String(qubits))
    }))
  );
  const calls = graph.cells.flatMap(cell => {
    const call = onlyCall(cell);
    return call ? [{ cell, call }] : [];
  });
  const nodes = calls.map(({ cell, call }) => {
    const values = call.arguments.flatMap(({ name, valueStart, valueEnd }) => {
      const value = readPython(cell.source.slice(valueStart, valueEnd));
      return name === null || value === undefined ? [] : [[name, value] as const];
    });
    return node(cell.id, call.skill, Object.fromEntries<JsonValue>(values));
  });
  const edges = graph.edges.flatMap(({ from, name, to }) => {
    const target = calls.find(({ cell }) => cell.id === to);
    // Of a value that is computed from an output on the way a learned skill knows nothing.
    return (target ? argumentUses(target.call, target.cell, name) : [])
      .filter(({ isDirect }) => isDirect)
      .map(({ input, output }): TraceEdge => [from, output ?? name, to, input]);
  });
  return run(nodes, edges);
}

describe('the notebook of the guide that is run three times', () => {
  it('becomes the skill that its last step promises', () => {
    const [pattern, more] = mine([3, 4, 5].map(runWith));
    expect(more).toBeUndefined();
    if (!pattern) {
      throw new Error('no pattern');
    }
    const made = toCompound(pattern, {
      find: id => {
        const skill = find(id);
        return skill?.kind === 'executable'
          ? { skill, version: 'sha256:1' }
          : undefined;
      },
      taken: () => false,
      date: '2026-11-24'
    });
    if ('refused' in made) {
      throw new Error(made.refused);
    }
    expect(made.skill.inputs).toMatchObject([{ name: 'qubits', default: 4 }]);
    expect(made.skill.code).toContain('data=circuit["counts"]');
    // It writes a file: what it does is for a person to judge.
    expect(made.skill.pure).toBe(false);
  });
});
