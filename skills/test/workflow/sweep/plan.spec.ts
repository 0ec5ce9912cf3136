import {
  analyseCell,
  buildGraph,
  givenValues,
  outputColumns,
  planSweep,
  sweepable,
  sweepCode,
  sweepPoints,
  type IExecutableSkill,
  type IPort,
  type ISweepAxis,
  type ISweepContext,
  type ISweepPlan,
  type ISweepResult,
  type JsonValue
} from '../../../src/index';

const port = (name: string, type: IPort['type'] = 'number', unit?: string): IPort => ({
  ...{ name, type, required: false },
  ...(unit !== undefined && { unit })
});

function skillOf(
  id: string,
  inputs: readonly IPort[],
  outputs: readonly IPort[],
  pure = true
): IExecutableSkill {
  return {
    ...({ kind: 'executable', type: 'python-wasm', mode: 'browser-wasm' } as const),
    ...{ id, name: id, description: '', category: 'test', keywords: [], aliases: [] },
    ...{ body: '', pure, inputs, outputs, code: '', codeLine: 1 }
  };
}

const SKILLS = [
  skillOf('square', [port('x', 'number', 'm'), port('k')], [port('y', 'number', 'V')]),
  skillOf('next', [port('x')], [port('z', 'number', 'V'), port('note', 'string')]),
  skillOf('draw', [port('x')], [port('n'), port('picture', 'image')]),
  skillOf('noise', [port('x')], [port('y')], false)
];

function contextOf(...sources: readonly string[]): ISweepContext {
  return {
    graph: buildGraph(sources.map((source, at) => ({ id: `c${at}`, source }))),
    find: id => SKILLS.find(skill => skill.id === id)
  };
}

const axis = (
  cell: string,
  input: string,
  ...values: readonly JsonValue[]
): ISweepAxis => {
  const found = givenValues('s', port(input), values);
  return { cell, input, values: found.ok ? found.values : [] };
};

function planOf(context: ISweepContext, ...axes: readonly ISweepAxis[]): ISweepPlan {
  const planned = planSweep(context, axes);
  if (!planned.ok) {
    throw new Error(planned.reason);
  }
  return planned.plan;
}

const NOTEBOOK = [
  'from llmos import skill\nimport math',
  'k = 2',
  'a = await skill("square")(x=2.0, k=k * math.pi)',
  'b = await skill("next")(x=a.y)',
  'print(b.z)',
  'c = await skill("draw")(x=b.z)',
  'd = await skill("next")(x=k)',
  'e = await skill("noise")(x=1)'
];

describe('planSweep', () => {
  it('runs the swept call and the pure calls that use it', () => {
    const plan = planOf(contextOf(...NOTEBOOK), axis('c2', 'x', 1, 2));
    expect(plan.calls.map(({ cell }) => cell.id)).toEqual(['c2', 'c3']);
    expect(plan.leftOut).toEqual(['c4', 'c5']);
    expect(plan.needs).toEqual(['c0', 'c1']);
    expect(plan.names).toEqual(['x']);
    expect([...plan.units]).toEqual([
      ['x', 'm'],
      ['a.y', 'V'],
      ['b.z', 'V']
    ]);
  });

  it('gives all combinations, the last axis fastest, with names that differ', () => {
    const plan = planOf(
      contextOf(...NOTEBOOK),
      axis('c2', 'x', 1, 2),
      axis('c6', 'x', 5, 6)
    );
    expect(plan.names).toEqual(['a.x', 'd.x']);
    expect(sweepPoints(plan).map(point => point.map(({ value }) => value))).toEqual([
      ...[
        [1, 5],
        [1, 6]
      ],
      ...[
        [2, 5],
        [2, 6]
      ]
    ]);
  });

  it('refuses what cannot be swept, and says why', () => {
    const context = contextOf(
      ...NOTEBOOK,
      'f = [await skill("next")(x=n) for n in [1]]'
    );
    const reasonOf = (...axes: readonly ISweepAxis[]): string => {
      const planned = planSweep(context, axes);
      return planned.ok ? '' : planned.reason;
    };
    expect(reasonOf()).toContain('Choose an input');
    expect(reasonOf(axis('c1', 'k', 1))).toContain('calls no skill');
    expect(reasonOf(axis('c7', 'x', 1))).toContain('not pure');
    expect(reasonOf(axis('c8', 'x', 1))).toContain('within a loop');
    expect(reasonOf(axis('zz', 'x', 1))).toContain('no longer there');
    expect(reasonOf(axis('c2', 'x', 1), axis('c2', 'x', 2))).toContain('swept twice');
    const many = axis('c2', 'x', ...Array.from({ length: 101 }, (_, n) => n));
    expect(reasonOf(many, { ...many, input: 'k' })).toContain('10201 points');
    expect(sweepable(context, context.graph.cells[0] as never).ok).toBe(false);
  });
});

/** Results as the skills would give them; x = 13 fails. */
function resultsOf(plan: ISweepPlan, most = Infinity): readonly ISweepResult[] {
  return sweepPoints(plan)
    .slice(0, most)
    .map(values => {
      const [x = 0, k = 1] = values.map(({ value }) => Number(value));
      const row = { 'a.y': x * x * k, 'b.z': x * x * k + 1, 'b.note': 'fine' };
      return { values, row: x === 13 ? null : row };
    });
}

const taken = NOTEBOOK.flatMap(source => {
  const { defines, uses } = analyseCell(source);
  return [...defines, ...uses];
});

describe('sweepCode', () => {
  it('is a loop over the calls, a table and a chart', () => {
    const plan = planOf(contextOf(...NOTEBOOK), axis('c2', 'x', 1, 2, 3));
    expect(sweepCode({ plan, results: resultsOf(plan), taken })).toBe(
      `# Sweep of x. Change the values and run it again: what ran before comes from the cache.
import llmos

sweep = []
for x in [1.0, 2.0, 3.0]:
    a_at = await skill("square")(x=x, k=k * math.pi)
    b_at = await skill("next")(x=a_at.y)
    sweep.append({
        "x": x,
        "a.y": a_at["y"],
        "b.z": b_at["z"],
        "b.note": b_at["note"],
    })
display(llmos.table(sweep, {"x": "m", "a.y": "V", "b.z": "V"}))
sweep_chart = await skill("plot-xy")(
    x=[row["x"] for row in sweep],
    y={
        "a.y": [row["a.y"] for row in sweep],
        "b.z": [row["b.z"] for row in sweep],
    },
    title="Sweep of x",
    x_label="x (m)",
    y_label="value (V)",
)`
    );
  });

  it('lists points that failed, and draws the others', () => {
    const plan = planOf(contextOf(...NOTEBOOK), axis('c2', 'x', 1, 13, 3));
    const code = sweepCode({ plan, results: resultsOf(plan), columns: ['b.z'], taken });
    expect(code).toContain(`for x in [1.0, 13.0, 3.0]:
    point = {
        "x": x,
    }
    sweep.append(point)
    try:
        a_at = await skill("square")(x=x, k=k * math.pi)
        b_at = await skill("next")(x=a_at.y)
        point.update({
            "b.z": b_at["z"],
        })
    except llmos.SkillError as error:
        point["error"] = str(error)
display(llmos.table(sweep, {"x": "m", "b.z": "V"}))`);
    expect(code).toContain('"b.z": [row.get("b.z", float("nan")) for row in sweep],');
  });

  it('draws a line for each value of the other axes', () => {
    const plan = planOf(
      contextOf(...NOTEBOOK),
      axis('c2', 'x', 1, 2, 3),
      axis('c2', 'k', 4, 5)
    );
    const code = sweepCode({ plan, results: resultsOf(plan), taken });
    expect(code).toContain('for x in [1.0, 2.0, 3.0]:\n    for k_ in [4.0, 5.0]:');
    expect(code).toContain('a_at = await skill("square")(x=x, k=k_)');
    expect(code).toContain('    x=[1.0, 2.0, 3.0],');
    expect(code).toContain(
      '"k=5.0": [row["a.y"] for row in sweep if row["k"] == 5.0],'
    );
  });

  it('names lines by six digits of a value, or by all where they would be one', () => {
    const codeFor = (...ks: readonly number[]): string => {
      const axes = [axis('c2', 'x', 1, 2, 3), axis('c2', 'k', ...ks)];
      const plan = planOf(contextOf(...NOTEBOOK), ...axes);
      return sweepCode({ plan, results: resultsOf(plan), taken });
    };
    expect(codeFor(0.5, 0.5978260869565217)).toContain(
      '"k=0.597826": [row["a.y"] for row in sweep if row["k"] == 0.5978260869565217],'
    );
    expect(codeFor(0.59782601, 0.59782602)).toContain('"k=0.59782602": [');
    expect(codeFor(1, 1234567)).toContain('"k=1234567.0": [');
  });

  it('has the points that a stop has left, and no chart of a part of a grid', () => {
    const one = planOf(contextOf(...NOTEBOOK), axis('c2', 'x', 1, 2, 3));
    expect(sweepCode({ plan: one, results: resultsOf(one, 2), taken })).toContain(
      'for x in [1.0, 2.0]:'
    );
    const two = planOf(
      contextOf(...NOTEBOOK),
      ...[axis('c2', 'x', 1, 2), axis('c2', 'k', 4, 5)]
    );
    const code = sweepCode({ plan: two, results: resultsOf(two, 3), taken });
    expect(code).toContain('for x, k_ in [(1.0, 4.0), (1.0, 5.0), (2.0, 4.0)]:');
    expect(code).not.toContain('plot-xy');
  });

  it('binds no name that the notebook has, and reads nothing new', () => {
    const sources = [...NOTEBOOK, 'sweep = x = a_at = point = 1'];
    const context = contextOf(...sources);
    const plan = planOf(context, axis('c2', 'x', 1, 13));
    const names = context.graph.cells.flatMap(({ analysis }) => analysis.defines);
    const code = sweepCode({ plan, results: resultsOf(plan), taken: names });
    const analysis = analyseCell(code);
    expect(analysis.incomplete).toBe(false);
    expect(analysis.defines.filter(name => names.includes(name))).toEqual([]);
    expect(analysis.defines).toContain('sweep_2');
    expect(analysis.uses).toEqual(['k', 'math', 'skill']);
    // Two sweeps of one input can be told apart.
    expect(code).toMatch(/^# Sweep of x \(sweep_2\)\. /);
    const whole = planOf(context, axis('c2', 'x', 1, 2));
    const drawn = sweepCode({ plan: whole, results: resultsOf(whole), taken: names });
    expect(drawn).toContain('title="Sweep of x (sweep_2)"');
  });

  it('draws categories as bars', () => {
    const context: ISweepContext = {
      ...contextOf('from llmos import skill', 'a = await skill("named")()'),
      find: () => skillOf('named', [port('kind', 'string')], [port('y')])
    };
    const found = givenValues('s', port('kind', 'string'), ['up', 'down']);
    const values = found.ok ? found.values : [];
    const plan = planOf(context, { cell: 'c1', input: 'kind', values });
    const results = sweepPoints(plan).map((values, y) => ({
      values,
      row: { 'a.y': y }
    }));
    const code = sweepCode({ plan, results, taken: [] });
    expect(code).toContain('a_at = await skill("named")(kind=kind)');
    expect(code).toContain('    kind="bar",');
  });

  it('breaks long lists into lines', () => {
    const values = Array.from({ length: 24 }, (_, n) => n / 7);
    const plan = planOf(contextOf(...NOTEBOOK), axis('c2', 'x', ...values));
    const code = sweepCode({ plan, results: resultsOf(plan), taken });
    const list = code.slice(code.indexOf('for x'), code.indexOf('a_at'));
    expect(Math.max(...list.split('\n').map(line => line.length))).toBeLessThan(90);
    expect(analyseCell(code).incomplete).toBe(false);
  });
});

describe('outputColumns', () => {
  it('keeps those that are wanted, in the order of the calls', () => {
    const plan = planOf(contextOf(...NOTEBOOK), axis('c2', 'x', 1, 13));
    const results = resultsOf(plan);
    expect(outputColumns(results)).toEqual(['a.y', 'b.z', 'b.note']);
    expect(outputColumns(results, ['b.note', 'a.y'])).toEqual(['a.y', 'b.note']);
  });
});
