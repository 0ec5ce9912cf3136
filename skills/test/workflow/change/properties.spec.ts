import fc from 'fast-check';
import {
  addSkillCell,
  connectCells,
  connects,
  deleteCells,
  disconnectInputs,
  duplicateCells,
  renameVariable,
  type IEditContext,
  type IExecutableSkill,
  type IGraph
} from '../../../src';
import { find, graphOf, ids, notebook } from './notebook';

/** Cells of every kind that a notebook may have: skills, code, shadowing, mutation. */
const CELLS = [
  'from llmos import skill',
  'h = await skill("quantum-hamiltonian")()',
  'g = await skill("quantum-hamiltonian")(bond_length=n)',
  'v = await skill("quantum-vqe")(hamiltonian=h.hamiltonian, iterations=5)',
  'v = await skill("quantum-vqe")(\n    hamiltonian=g.hamiltonian,  # first\n    seed=1,\n)',
  'p = await skill("plot-convergence")(trace=v.convergence_trace)',
  'e = await skill("export-results")(data={"n": n, "e": v.eigenvalue})',
  'n = 3',
  'n = 5\nh = 2',
  'n += 1',
  'xs = [n for n in range(3)]',
  'xs.append(n)',
  'def f():\n    return n + len(xs)',
  'print(f(), v)',
  '# heading'
];

const notebooks = fc
  .array(fc.constantFrom(...CELLS), { minLength: 2, maxLength: 9 })
  .map(list => notebook(...list));

interface IEnd {
  readonly cell: string;
  readonly name: string;
}

/** The outputs, or the inputs, of all cells of a notebook. */
function endsOf(context: IEditContext, side: 'inputs' | 'outputs'): readonly IEnd[] {
  return graphOf(context).cells.flatMap(({ id, calls, analysis }) => {
    const skill = calls[0] && (find(calls[0].skill) as IExecutableSkill | undefined);
    const ports = skill?.[side].map(({ name }) => name) ?? [];
    const names = side === 'outputs' ? [...ports, ...analysis.defines] : ports;
    return names.map(name => ({ cell: id, name }));
  });
}

/** A notebook with a connection between two of its cells, sensible or not. */
const connections = notebooks
  .filter(
    context =>
      endsOf(context, 'inputs').length > 0 && endsOf(context, 'outputs').length > 0
  )
  .chain(context =>
    fc
      .tuple(
        fc.constantFrom(...endsOf(context, 'outputs')),
        fc.constantFrom(...endsOf(context, 'inputs'))
      )
      .map(([out, into]) => ({
        ...{ context, from: out.cell, output: out.name },
        ...{ to: into.cell, input: into.name }
      }))
  );

const lateEdges = (graph: IGraph): string[] =>
  graph.edges.flatMap(({ from, name, to, late }) =>
    late ? [`${from} ${name} ${to}`] : []
  );

const after = (context: IEditContext, cells: IEditContext['cells']): IEditContext => ({
  ...context,
  cells
});

/** Edges as text, each once, with the names of variables mapped. */
const edgesOf = (
  graph: IGraph,
  map = (_: string, name: string): string => name
): string[] =>
  graph.edges.map(edge => `${edge.from} ${map(edge.to, edge.name)} ${edge.to}`).sort();

describe('edits of random notebooks', () => {
  it('connect: the graph has the edge, types fit, nothing else flows elsewhere, none is late', () => {
    let made = 0;
    fc.assert(
      fc.property(connections, ({ context, ...connection }) => {
        const result = connectCells(context, connection);
        if (!result.ok) {
          expect(result.reason).toMatch(/^[^a-z].*[.?]$/s);
          return;
        }
        made += 1;
        const [before, now] = [graphOf(context), graphOf(result)];
        const { from, to, output, input } = connection;
        expect(now.edges.some(edge => edge.from === from && edge.to === to)).toBe(true);
        const lateBefore = lateEdges(before);
        expect(lateEdges(now).filter(edge => !lateBefore.includes(edge))).toEqual([]);
        const others = (graph: IGraph): string[] =>
          edgesOf({ ...graph, edges: graph.edges.filter(edge => edge.to !== to) });
        expect(others(now)).toEqual(others(before));
        const typeOf = (id: string, side: 'inputs' | 'outputs', name: string) => {
          const call = now.cells.find(cell => cell.id === id)?.calls[0];
          const skill = call && (find(call.skill) as IExecutableSkill | undefined);
          return skill?.[side].find(port => port.name === name)?.type;
        };
        const out = typeOf(from, 'outputs', output) ?? 'any';
        const into = typeOf(to, 'inputs', input) ?? 'any';
        expect(connects(out, into)).toBe(true);
      }),
      { numRuns: 400 }
    );
    expect(made).toBeGreaterThan(20);
  });

  it('disconnect takes back a connection to an input that had nothing, byte for byte', () => {
    let made = 0;
    fc.assert(
      fc.property(connections, ({ context, ...connection }) => {
        const there = connectCells(context, connection);
        const { to, input } = connection;
        const old = context.cells.find(({ id }) => id === to)?.source ?? '';
        if (!there.ok || new RegExp(`\\b${input}\\s*=`).test(old)) {
          return;
        }
        made += 1;
        const back = disconnectInputs(after(context, there.cells), [{ to, input }]);
        expect(back.ok && back.cells.find(({ id }) => id === to)?.source).toBe(old);
      }),
      { numRuns: 400 }
    );
    expect(made).toBeGreaterThan(10);
  });

  it('rename: the graph is the same but for the name, and renaming back gives the text back', () => {
    let made = 0;
    fc.assert(
      fc.property(
        notebooks,
        fc.constantFrom('n', 'h', 'v', 'xs', 'f', 'skill'),
        fc.nat(8),
        (context, from, at) => {
          const cell = context.cells[at % context.cells.length]?.id ?? '';
          const result = renameVariable(context, { cell, from, to: 'other' });
          if (!result.ok) {
            return;
          }
          made += 1;
          const renamed = new Set(result.about);
          const map = (to: string, name: string): string =>
            name === from && renamed.has(to) ? 'other' : name;
          expect(edgesOf(graphOf(result))).toEqual(edgesOf(graphOf(context), map));
          const back = renameVariable(after(context, result.cells), {
            ...{ cell, from: 'other', to: from }
          });
          // Where the old name means something else by now, it is refused.
          if (back.ok && from !== 'skill') {
            expect(back.cells).toEqual(context.cells);
          }
        }
      ),
      { numRuns: 400 }
    );
    expect(made).toBeGreaterThan(40);
  });

  it('duplicate, then delete the copies: the notebook is as before', () => {
    let made = 0;
    fc.assert(
      fc.property(
        notebooks,
        fc.array(fc.nat(8), { minLength: 1, maxLength: 3 }),
        (context, list) => {
          const chosen = [
            ...new Set(
              list.map(at => context.cells[at % context.cells.length]?.id ?? '')
            )
          ];
          const result = duplicateCells(context, chosen, ids());
          if (!result.ok) {
            return;
          }
          made += 1;
          const copies = new Set(result.about);
          const old = (graph: IGraph): string[] =>
            edgesOf({
              ...graph,
              edges: graph.edges.filter(edge => !copies.has(edge.to))
            });
          expect(old(graphOf(result))).toEqual(edgesOf(graphOf(context)));
          const back = deleteCells(after(context, result.cells), result.about);
          expect(back.ok && back.cells).toEqual(context.cells);
        }
      ),
      { numRuns: 300 }
    );
    expect(made).toBeGreaterThan(40);
  });

  it('add: no other cell gets or loses a value', () => {
    fc.assert(
      fc.property(notebooks, fc.nat(9), (context, at) => {
        const anchor = context.cells[at]?.id;
        const result = addSkillCell(context, {
          ...{ skill: 'quantum-vqe', newId: ids() },
          ...(anchor === undefined ? {} : { after: anchor })
        });
        const now = graphOf(result.ok ? result : { cells: [] });
        const known = new Set(context.cells.map(({ id }) => id));
        const edges = now.edges.filter(
          ({ to, name }) => known.has(to) && name !== 'skill'
        );
        const before = graphOf(context).edges.filter(({ name }) => name !== 'skill');
        expect(edgesOf({ ...now, edges })).toEqual(
          edgesOf({ cells: [], edges: before })
        );
      }),
      { numRuns: 200 }
    );
  });
});
