import { problemOf, retryAfterOf, retryIn } from '../../src/assistant/modelFailure';

const PATIENCE = { retries: 2, pause: 1000, longest: 5000 };

describe('problemOf', () => {
  it.each([
    [401, 'authentication_error', 'invalid x-api-key', 'wrong-key'],
    [429, 'rate_limit_error', '', 'rate-limited'],
    [529, null, '', 'overloaded'],
    [503, null, '', 'server-failed'],
    [400, 'invalid_request_error', 'Your credit balance is too low', 'no-credit'],
    [418, null, '', 'refused'],
    [500, 'constructor', '', 'server-failed'],
    [undefined, undefined, '', 'server-failed']
  ])('takes %s, %s and "%s" for %s', (status, type, detail, code) => {
    expect(problemOf(status, type, detail)).toEqual({ code, detail });
  });
});

describe('retryIn', () => {
  const overloaded = { problem: { code: 'overloaded', detail: '' } } as const;

  it('waits longer each time, and gives up', () => {
    const waits = [1, 2, 3].map(attempt => retryIn(overloaded, PATIENCE, attempt, 0.5));
    expect(waits).toEqual([1000, 2000, null]);
  });

  it('waits as long as the server says, but not for too long', () => {
    const told = (seconds: string): number | null => {
      const headers = new Map([['retry-after', seconds]]);
      const get = (name: string): string | null => headers.get(name) ?? null;
      return retryIn(
        { ...overloaded, retryAfter: retryAfterOf({ get }) },
        PATIENCE,
        1,
        0
      );
    };
    expect(told('3')).toBe(3000);
    expect(told('3600')).toBeNull();
  });

  it('does not repeat what cannot pass by itself', () => {
    const wrong = { problem: { code: 'wrong-key', detail: '' } } as const;
    expect(retryIn(wrong, PATIENCE, 1, 0.5)).toBeNull();
  });
});
