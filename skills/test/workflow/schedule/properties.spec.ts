import fc from 'fast-check';
import { freshness, statuses } from '../../../src/workflow/schedule/state';
import { readyCells } from '../../../src/workflow/schedule/ready';
import type { RunChoice } from '../../../src/workflow/schedule/status';
import { fromTop, soundCells, TestNotebook, type ITestCell } from './kernel';

const NAMES = ['a', 'b', 'c', 'd', 'e'] as const;
const name = fc.constantFrom(...NAMES);

/** Sources of every kind that matters: bind, read, change in place, call, fail. */
const source = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(name, name).map(([x, y]) => `${x} = f(${y})`) },
  { weight: 2, arbitrary: fc.tuple(name, fc.nat(9)).map(([x, n]) => `${x} = ${n}`) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(name, name)
      .map(([x, y]) => `${x} = await skill("s")(value=${y})`)
  },
  { weight: 1, arbitrary: fc.tuple(name, name).map(([x, y]) => `${x}.append(${y})`) },
  { weight: 1, arbitrary: name.map(x => `print(${x})`) },
  { weight: 1, arbitrary: fc.tuple(name, name).map(([x, y]) => `${x} = ${x} + ${y}`) },
  { weight: 1, arbitrary: name.map(x => `${x} = boom(${x})`) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(name, fc.constantFrom('m', 'n'), name, fc.nat(3))
      .map(([x, from, y, n]) => `from ${from} import ${x}\n${y} = ${n}`)
  },
  { weight: 1, arbitrary: name.map(x => `import m as ${x}\n${x}.seed()`) },
  { weight: 1, arbitrary: fc.constant('') }
);

/** A first cell that gives every name a value and `f`; then cells at random. */
const notebook = fc
  .array(source, { minLength: 1, maxLength: 12 })
  .map(sources =>
    ['f = boo = 1\n' + NAMES.map(each => `${each} = 0`).join('\n'), ...sources].map(
      (text, index): ITestCell => ({ id: `c${index}`, source: text })
    )
  );

type Action =
  | { readonly type: 'edit' | 'insert'; readonly at: number; readonly source: string }
  | { readonly type: 'delete' | 'hand' | 'move'; readonly at: number }
  | { readonly type: 'restart' | 'undelete' }
  | {
      readonly type: 'run';
      readonly kind: RunChoice['kind'];
      readonly at: readonly number[];
    };

const at = fc.nat(11);
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    type: fc.constantFrom('edit' as const, 'insert' as const),
    at,
    source
  }),
  fc.record({
    type: fc.constantFrom('delete' as const, 'hand' as const, 'move' as const),
    at
  }),
  fc.record({ type: fc.constantFrom('restart' as const, 'undelete' as const) }),
  fc.record({
    type: fc.constant('run' as const),
    kind: fc.constantFrom<RunChoice['kind']>(
      ...(['all', 'stale', 'stale', 'to-here', 'from-here', 'selection'] as const)
    ),
    at: fc.array(at, { minLength: 1, maxLength: 3 })
  })
);

function choiceOf(book: TestNotebook, run: Action & { type: 'run' }): RunChoice {
  if (run.kind === 'all' || run.kind === 'stale') {
    return { kind: run.kind };
  }
  const cells = run.at.flatMap(
    index => book.cells[index % book.cells.length]?.id ?? []
  );
  return { kind: run.kind, cells };
}

let inserted = 0;

/** Does to the notebook what a person does; runs go through `onRun`. */
function act(
  book: TestNotebook,
  step: Action,
  onRun: (choice: RunChoice) => void
): void {
  const cells = [...book.cells];
  // The first cell stays: it gives every name its first value.
  const index = 'at' in step && typeof step.at === 'number' ? 1 + step.at : 1;
  const place = 1 + (index % Math.max(1, cells.length - 1));
  const cell = cells[place];
  switch (step.type) {
    case 'edit':
      book.edit(
        cells.map((each, i) => (i === place ? { ...each, source: step.source } : each))
      );
      return;
    case 'insert':
      cells.splice(place, 0, { id: `n${inserted++}`, source: step.source });
      book.edit(cells);
      return;
    case 'delete':
      book.deleted.push(...cells.splice(place, 1));
      book.edit(cells);
      return;
    case 'undelete':
      cells.splice(1, 0, ...book.deleted.splice(-1));
      book.edit(cells);
      return;
    case 'move':
      if (cell) {
        cells.splice(place, 1);
        cells.push(cell);
        book.edit(cells);
      }
      return;
    case 'hand':
      if (cell) {
        book.send({ type: 'queued', cell: cell.id });
        book.runCell(cell.id);
      }
      return;
    case 'restart':
      book.restart();
      return;
    case 'run':
      onRun(choiceOf(book, step));
  }
}

/** Cells that count as up to date show what they would show from top to bottom. */
function expectMeaning(book: TestNotebook): void {
  const { values } = fromTop(book.cells);
  const sound = soundCells(book.cells);
  for (const [id, status] of statuses(book.schedule)) {
    if ((status === 'done' || status === 'cached') && sound.has(id)) {
      expect([id, book.values.get(id)]).toEqual([id, values.get(id)]);
    }
  }
}

/** A choice among ready cells, driven by the generator. */
const picker = (picks: readonly number[]): ((count: number) => number) => {
  let turn = 0;
  return count => (picks[turn++ % picks.length] ?? 0) % Math.max(1, count);
};

const picks = fc.array(fc.nat(50), { minLength: 1, maxLength: 20 });

/** Each run is a notebook with a history. */
const RUNS = 150;

describe('runs of random notebooks', () => {
  it('show what top to bottom would show, whatever was edited and run before', () => {
    fc.assert(
      fc.property(
        notebook,
        fc.array(action, { maxLength: 12 }),
        picks,
        (cells, steps, turns) => {
          const book = new TestNotebook(cells);
          const pick = picker(turns);
          for (const step of steps) {
            act(book, step, choice => book.run(choice, pick));
            expect(book.schedule.active.size).toBe(0);
            expectMeaning(book);
          }
        }
      ),
      { numRuns: RUNS }
    );
  });

  it('run exactly what the plan says, and take from the cache what it says', () => {
    fc.assert(
      fc.property(
        notebook.filter(cells => cells.every(cell => !cell.source.includes('boom('))),
        fc.array(action, { maxLength: 10 }),
        picks,
        (cells, steps, turns) => {
          const book = new TestNotebook(cells);
          const pick = picker(turns);
          for (const step of steps) {
            if ('source' in step && step.source.includes('boom(')) {
              continue;
            }
            act(book, step, choice => {
              const sound = soundCells(book.cells);
              const plan = book.plan(choice);
              book.ran.length = 0;
              book.answered.length = 0;
              book.run(choice, pick);
              expect([...book.ran].sort()).toEqual([...plan.cells].sort());
              const answered = book.answered.filter(id => sound.has(id));
              const predicted = [...plan.cached].filter(id => sound.has(id));
              // Of two cells that mean the same, either may be the first.
              expect(answered.length).toBe(predicted.length);
            });
          }
        }
      ),
      { numRuns: RUNS }
    );
  });

  it('foretell whoever has imported the name by which skills are called', () => {
    const book = new TestNotebook([
      { id: 'first', source: 'd = 0' },
      { id: 'call', source: 'e = await skill("s")(value=d)' }
    ]);
    book.send({ type: 'foreign', binds: ['skill'] });
    book.run({ kind: 'all' }, () => 0);
    expect([...book.plan({ kind: 'all' }).cached]).toEqual(['call']);
  });

  it('foretell from what a cell computed out of order, not from where it stands', () => {
    const twice = { id: 'twice', source: 'd = await skill("s")(value=d)' };
    const book = new TestNotebook([{ id: 'first', source: 'd = 0' }, twice]);
    book.run({ kind: 'all' }, () => 0);
    // By hand it reads its own result: the call is one that no place in the notebook makes.
    book.send({ type: 'queued', cell: 'twice' });
    book.runCell('twice');
    book.edit([
      ...book.cells,
      { id: 'after', source: 'a = await skill("s")(value=d)' }
    ]);
    expect([...book.plan({ kind: 'all' }).cached]).toEqual(['twice', 'after']);
  });

  it('leave nothing stale; run whole, they leave the kernel as top to bottom would', () => {
    fc.assert(
      fc.property(
        notebook.filter(cells => cells.every(cell => !cell.source.includes('boom('))),
        fc.array(action, { maxLength: 10 }),
        picks,
        (cells, steps, turns) => {
          const book = new TestNotebook(cells);
          const pick = picker(turns);
          for (const step of steps) {
            if ('source' in step && step.source.includes('boom(')) {
              continue;
            }
            act(book, step, choice => book.run(choice, pick));
          }
          book.run({ kind: 'stale' }, pick);
          for (const [id, reason] of freshness(book.schedule)) {
            if (book.schedule.flow.get(id)?.isBlank === false) {
              expect([id, reason]).toEqual([id, null]);
            }
          }
          expect(book.plan({ kind: 'stale' }).cells).toEqual([]);
          // A name that nothing reads may be an earlier one until all runs again.
          book.run({ kind: 'all' }, pick);
          const sound = soundCells(book.cells);
          const { names } = fromTop(book.cells);
          for (const [bound, value] of names) {
            const binders = [...book.schedule.flow.values()].filter(({ binds }) =>
              binds.includes(bound)
            );
            if (binders.every(({ id }) => sound.has(id))) {
              expect([bound, book.names.get(bound)]).toEqual([bound, value]);
            }
          }
        }
      ),
      { numRuns: RUNS }
    );
  });

  it('never hang, whatever happens in their middle', () => {
    const event = fc.oneof(
      { weight: 6, arbitrary: fc.constant('go' as const) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          'stop' as const,
          'restart' as const,
          'cancel' as const
        )
      },
      { weight: 2, arbitrary: action }
    );
    fc.assert(
      fc.property(
        notebook,
        fc.array(event, { maxLength: 30 }),
        picks,
        (cells, events, turns) => {
          const book = new TestNotebook(cells);
          const pick = picker(turns);
          const go = (): void => {
            const ready = readyCells(book.schedule);
            const cell = ready[pick(ready.length)];
            if (cell !== undefined) {
              book.runCell(cell);
            }
          };
          book.send({ type: 'planned', cells: book.plan({ kind: 'all' }).cells });
          for (const each of events) {
            if (each === 'go') {
              go();
            } else if (each === 'stop') {
              book.send({ type: 'stopped' });
            } else if (each === 'restart') {
              book.restart();
            } else if (each === 'cancel') {
              const [first] = book.schedule.active.keys();
              book.send({ type: 'cancelled', cell: first ?? '' });
            } else {
              act(book, each, choice =>
                book.send({ type: 'planned', cells: book.plan(choice).cells })
              );
            }
            // Whatever waits can go on by itself.
            const isWaiting = book.schedule.active.size > 0;
            expect(isWaiting).toBe(readyCells(book.schedule).length > 0);
            expectMeaning(book);
          }
          while (book.schedule.active.size > 0) {
            go();
          }
          expectMeaning(book);
        }
      ),
      { numRuns: RUNS }
    );
  });
});
