import fc from 'fast-check';
import { canonicalForm } from '../../src/evolution/canonical';
import { toCompound, type ICompound } from '../../src/evolution/compound';
import { readCompoundCode } from '../../src/evolution/compoundCode';
import type { IPattern } from '../../src/evolution/describePattern';
import { mine } from '../../src/evolution/mine';
import { readProvenance } from '../../src/evolution/provenance';
import { checkSkill, parseSkill } from '../../src/skill/parse';
import { callable, LIBRARY, vqeAndPlot } from './traces';

const CONTEXT = {
  find: (id: string) => LIBRARY.get(id),
  taken: () => false,
  date: '2026-11-21T10:00:00.000Z'
};

function made(result: ReturnType<typeof toCompound>): ICompound {
  if ('refused' in result) {
    throw new Error(result.refused);
  }
  return result;
}

const fiveRuns = (): IPattern => {
  const [pattern] = mine([100, 150, 120, 130, 110].map(n => vqeAndPlot(n)));
  if (!pattern) {
    throw new Error('no pattern');
  }
  return pattern;
};

describe('toCompound', () => {
  it('makes an input of what varied, with its learned default, and constants of the rest', () => {
    const { skill, text } = made(toCompound(fiveRuns(), CONTEXT));
    expect(skill.id).toBe('vqe-convergence');
    expect(skill.inputs).toEqual([
      { name: 'iterations', type: 'integer', default: 120, minimum: 1 }
    ]);
    expect(skill.outputs.map(({ name }) => name)).toEqual([
      'eigenvalue',
      'final_value'
    ]);
    expect(skill.objective).toBe('minimise eigenvalue');
    expect(skill.code).toContain('title="Energy"');
    expect(skill.code).not.toContain('layers');
    expect(skill.code).toContain('iterations=inputs["iterations"]');
    expect(text).toContain('default: 120, low: 110, high: 130, "n": 5');
  });

  it('pins the versions of its members and names the runs it came from', () => {
    const pattern = fiveRuns();
    const { text, provenance } = made(
      toCompound(pattern, { ...CONTEXT, commits: ['abc'] })
    );
    expect(provenance.members).toEqual([
      {
        node: 'quantum-vqe',
        skill: 'quantum-vqe',
        version: LIBRARY.get('quantum-vqe')?.version
      },
      {
        node: 'plot-convergence',
        skill: 'plot-convergence',
        version: LIBRARY.get('plot-convergence')?.version
      }
    ]);
    expect(provenance.traces).toEqual(pattern.traces);
    expect(readProvenance(text)).toEqual(provenance);
    const calls = readCompoundCode(
      made(toCompound(pattern, CONTEXT)).skill.code
    )?.calls;
    expect(calls?.[0]?.version).toMatch(/^sha256:11/);
  });

  it('refuses a pattern whose skill or port is gone', () => {
    const pattern = fiveRuns();
    expect(toCompound(pattern, { ...CONTEXT, find: () => undefined })).toEqual({
      refused: 'The skill "quantum-vqe" is not there any more.'
    });
    const bare = callable('quantum-vqe', { inputs: [], outputs: [] });
    const find = (id: string) => (id === 'quantum-vqe' ? bare : LIBRARY.get(id));
    expect(toCompound(pattern, { ...CONTEXT, find })).toHaveProperty('refused');
  });

  it('refuses a circle and two values for one input', () => {
    const pattern = fiveRuns();
    const circle = [
      ...pattern.edges,
      ['plot-convergence', 'final_value', 'quantum-vqe', 'layers'] as const
    ];
    expect(toCompound({ ...pattern, edges: circle }, CONTEXT)).toHaveProperty(
      'refused'
    );
    const two = [
      ...pattern.edges,
      ['quantum-vqe', 'eigenvalue', 'plot-convergence', 'trace'] as const
    ];
    expect(toCompound({ ...pattern, edges: two }, CONTEXT)).toHaveProperty('refused');
  });

  it('takes the first free id', () => {
    const taken = (id: string) => id === 'vqe-convergence';
    expect(made(toCompound(fiveRuns(), { ...CONTEXT, taken })).skill.id).toBe(
      'vqe-convergence-2'
    );
  });

  it('is a faultless skill file whose own graph is the pattern', () => {
    fc.assert(
      fc.property(patterns, ({ pattern, library }) => {
        const find = (id: string) => library.get(id);
        const { text, skill, provenance } = made(
          toCompound(pattern, { ...CONTEXT, find })
        );
        expect(checkSkill(text, `skills/${skill.id}.md`)).toEqual([]);
        const read = parseSkill(text, `skills/${skill.id}.md`).skill;
        expect(read).toEqual({
          ...skill,
          body: expect.stringContaining(skill.body.trim()) as string,
          codeLine: expect.any(Number) as number
        });
        expect(readProvenance(text)).toEqual(provenance);
        const graph = readCompoundCode(skill.code);
        expect(graph && canonicalForm(graph).code).toBe(pattern.signature);
      }),
      { numRuns: 100 }
    );
  });
});

const IDS = ['make', 'make-b', 'fit', 'plot-x', 'list', 'inputs'];
const PORTS = ['a', 'data', 'value', 'result'];
const VALUES = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(x => x + 0),
  fc.string({ unit: 'grapheme' }),
  fc.boolean(),
  fc.array(fc.integer(), { maxLength: 3 })
);

/** Connected patterns without circles over skills whose ports take anything. */
const patterns = fc
  .record({
    skills: fc.array(fc.constantFrom(...IDS), { minLength: 2, maxLength: 6 }),
    links: fc.array(
      fc.tuple(fc.nat(), fc.constantFrom(...PORTS), fc.constantFrom(...PORTS)),
      { minLength: 6, maxLength: 6 }
    ),
    extra: fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat(),
        fc.constantFrom(...PORTS),
        fc.constantFrom(...PORTS)
      ),
      { maxLength: 3 }
    ),
    given: fc.array(
      fc.tuple(fc.nat(), fc.constantFrom(...PORTS), VALUES, fc.boolean()),
      {
        maxLength: 6
      }
    ),
    names: fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), {
      minLength: 6,
      maxLength: 6
    })
  })
  .map(({ skills, links, extra, given, names }) => {
    const edges = new Map<string, [number, string, number, string]>();
    links.slice(0, skills.length - 1).forEach(([from, output, input], at) => {
      edges.set(`${at + 1} ${input}`, [from % (at + 1), output, at + 1, input]);
    });
    for (const [a, b, output, input] of extra) {
      const to = 1 + (a % (skills.length - 1));
      edges.set(`${to} ${input}`, [b % to, output, to, input]);
    }
    const graph = { labels: skills, edges: [...edges.values()] };
    const { code, order } = canonicalForm(graph);
    const sorted = order.map(at => skills[at] ?? '');
    const nodes = sorted.map((skill, at) => {
      const number = sorted.slice(0, at + 1).filter(other => other === skill).length;
      return number === 1 ? skill : `${skill}#${number}`;
    });
    const nameOf = (at: number) => nodes[order.indexOf(at)] ?? '';
    const parameters = Object.fromEntries(
      given.flatMap(([at, port, value, varies]) => {
        const to = at % skills.length;
        const base = { type: 'any', default: value, low: null, high: null, n: 3 };
        return edges.has(`${to} ${port}`)
          ? []
          : [
              [
                `${nameOf(to)}.${port}`,
                varies
                  ? { kind: 'learned' as const, ...base, counts: [[value, 3]] as const }
                  : { kind: 'constant' as const, ...base }
              ] as const
            ];
      })
    );
    const ports = PORTS.map(name => ({ name, type: 'any' as const }));
    const library = new Map(
      IDS.map((id, at) => {
        const { skill, version } = callable(id, { inputs: ports, outputs: ports });
        return [id, { version, skill: { ...skill, name: names[at] ?? id } }] as const;
      })
    );
    const pattern: IPattern = {
      signature: code,
      skills: sorted,
      nodes,
      edges: graph.edges.map(([from, output, to, input]) => [
        nameOf(from),
        output,
        nameOf(to),
        input
      ]),
      ...{ count: 3, whole: 3, users: 1, sessions: 3, success: 1, lift: 9, gain: 4 },
      parameters,
      traces: ['01J', '01K', '01L']
    };
    return { pattern, library };
  });
