import { MemoryBudget } from '../../src/host/sandboxGuard';

/** Array constructors of their own, so that those of the tests stay as they are. */
function makeScope(): { Float64Array: Float64ArrayConstructor } {
  class Counted extends Float64Array {}
  return { Float64Array: Counted };
}

describe('MemoryBudget', () => {
  const MB = 2 ** 20;
  const budget = new MemoryBudget();
  const scope = makeScope();
  budget.install(scope);
  const make = (megabytes: number): Float64Array =>
    new scope.Float64Array((megabytes * MB) / 8);

  it('refuses one array above the limit', () => {
    budget.begin(4 * MB);
    expect(() => make(5)).toThrow(
      /asked for 5 MB of arrays; it may hold 4 MB in all\./
    );
  });

  it('says of many arrays that dropped ones count until the skill waits', () => {
    budget.begin(4 * MB);
    const many = (): void => {
      for (let count = 0; count < 9; count++) {
        make(1);
      }
    };
    expect(many).toThrow(/has made 4 MB\. Arrays that it has dropped count/);
  });

  it('begins each call anew', () => {
    budget.begin(4 * MB);
    make(3);
    budget.begin(4 * MB);
    expect(make(3)).toHaveLength((3 * MB) / 8);
  });

  it('does not count what could not be made', () => {
    budget.begin(2 ** 56);
    const tooLong = (): object => new scope.Float64Array(2 ** 53 - 1);
    expect(tooLong).toThrow(RangeError);
    expect(tooLong).toThrow(RangeError);
  });
});
