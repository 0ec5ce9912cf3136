import '../../browser';

import { buildGraph, type ISweepContext } from '@llmos-lab/skills';

import { newFields } from '../../../src/graph/sweep/dialog/axisFields';
import { SweepForm } from '../../../src/graph/sweep/dialog/sweepForm';
import type { IForecast } from '../../../src/graph/sweep/foretell';
import { entryOf } from '../../skills/fixtures';

const SQUARE = entryOf('square', {
  inputs: [
    { name: 'x', type: 'number', required: false, minimum: 0, default: 2 },
    { name: 'n', type: 'integer', required: false, minimum: 1, maximum: 9 },
    { name: 'kind', type: 'string', required: false, enum: ['up', 'down'] }
  ],
  outputs: [
    { name: 'y', type: 'number', required: false },
    { name: 'all', type: 'array', required: false },
    { name: 'log', type: 'string', required: false },
    { name: 'kind', type: 'string', required: false, enum: ['up', 'down'] }
  ]
});

const CONTEXT: ISweepContext = {
  graph: buildGraph([{ id: 'c0', source: 'a = await skill("square")(x=4)' }]),
  find: id => (id === 'square' ? SQUARE.skill : undefined)
};

const FORECAST: IForecast = {
  ...{ points: 10, calls: 10, above: 0, cached: 3, expectedMs: null, startMs: 0 }
};

describe('SweepForm', () => {
  const asked: number[] = [];
  let form: SweepForm;
  let fails: boolean;

  beforeEach(() => {
    jest.useFakeTimers();
    asked.length = 0;
    fails = false;
    form = new SweepForm(
      {
        context: CONTEXT,
        titleOf: cell => cell,
        foretell: ({ axes }) => {
          asked.push(axes.reduce((size, { values }) => size * values.length, 1));
          return fails
            ? Promise.reject(new Error('Kernel is dead'))
            : Promise.resolve(FORECAST);
        }
      },
      []
    );
    form.add();
  });
  afterEach(() => {
    form.dispose();
    jest.useRealTimers();
  });

  it('begins with a range around the value that the input has', () => {
    expect(form.fields[0]).toMatchObject({
      ...{ cell: 'c0', input: 'x', mode: 'range', from: '2', to: '6', count: '10' }
    });
    expect(form.request?.axes[0]?.values).toHaveLength(10);
    expect(form.request?.columns).toBeNull();
  });

  it('gives what is typed, in either mode', () => {
    form.edit(0, { from: '0', to: '1', count: '3' });
    form.edit(0, { mode: 'list' });
    expect(form.fields[0]?.list).toBe('0.0, 0.5, 1.0');
    form.edit(0, { list: '0.0, 0.5, 7' });
    expect(form.request?.axes[0]?.values.map(({ value }) => value)).toEqual([
      0, 0.5, 7
    ]);
  });

  it('says what is wrong, and asks nothing meanwhile', () => {
    form.edit(0, { from: '-1' });
    expect(form.rows[0]?.fault).toContain('at least 0');
    expect([form.plan, form.request]).toEqual([null, null]);
    // What stands in the dialog beside the fault stays where it is.
    expect(form.columns).toEqual(['a.y', 'a.log', 'a.kind']);
    expect(form.latest?.names).toEqual(['x']);
    jest.runAllTimers();
    expect(asked).toEqual([]);
  });

  it('takes several inputs, and knows when there is none left', () => {
    form.add();
    form.edit(1, { count: '3' });
    expect(form.fields[1]).toMatchObject({ input: 'n', from: '1' });
    expect(form.plan?.names).toEqual(['x', 'n']);
    form.add();
    expect(form.fields[2]).toMatchObject({ mode: 'list', list: '"up", "down"' });
    expect(form.canAdd).toBe(false);
    form.remove(1);
    expect(form.plan?.names).toEqual(['x', 'kind']);
    form.choose(1, 'c0', 'n');
    expect(form.plan?.names).toEqual(['x', 'n']);
  });

  it('keeps the outputs that are wanted', () => {
    expect(form.columns).toEqual(['a.y', 'a.log', 'a.kind']);
    form.keep('a.log', false);
    form.keep('a.kind', false);
    form.keep('a.y', false);
    expect(form.request?.columns).toEqual([]);
    form.keep('a.y', true);
    expect(form.request?.columns).toEqual(['a.y']);
    form.keep('a.log', true);
    form.keep('a.kind', true);
    expect(form.request?.columns).toBeNull();
  });

  it('knows which outputs are texts, which the table leaves out where they are long', () => {
    expect(form.columns.filter(column => form.isText(column))).toEqual(['a.log']);
  });

  it('foretells once the fields are at rest', async () => {
    form.edit(0, { count: '4' });
    form.edit(0, { count: '5' });
    expect(form.forecast).toBeNull();
    await jest.runAllTimersAsync();
    expect(asked).toEqual([5]);
    expect(form.forecast).toBe(FORECAST);
    form.edit(0, { count: '6' });
    expect(form.forecast).toBeNull();
  });

  it('counts itself when a forecast fails, and asks again after the next edit', async () => {
    fails = true;
    form.edit(0, { count: '4' });
    await jest.runAllTimersAsync();
    expect(form.forecast).toMatchObject({ points: 4, calls: 4, cached: null });
    fails = false;
    form.edit(0, { count: '5' });
    await jest.runAllTimersAsync();
    expect(form.forecast).toBe(FORECAST);
  });

  it('stays within the limits of an input', () => {
    const [call] = form.calls;
    const port = SQUARE.skill.inputs[1];
    expect(call && port && newFields(call, port)).toMatchObject({ from: '1', to: '2' });
  });
});
