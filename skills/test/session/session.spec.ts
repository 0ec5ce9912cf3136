import * as fc from 'fast-check';
import {
  formatSession,
  parseSession,
  sessionNameProblem,
  sessionOwnerIn,
  type ISession
} from '../../src/session/session';
import { ENGLISH } from '../../src/wording';

const SESSION: ISession = {
  v: 1,
  id: 's-01J5',
  name: 'Quantum VQE',
  volume: 'user',
  volume_id: 'ana',
  status: 'active',
  path: 'h2-vqe.ipynb',
  created_at: '2026-11-21T10:00:00.000Z',
  updated_at: '2026-11-21T10:00:00.000Z',
  user: 'ana',
  metadata: { topic: ['h2'] }
};

describe('formatSession and parseSession', () => {
  it('gives a session back, unknown keys included', () => {
    fc.assert(
      fc.property(
        fc
          .string({ unit: 'grapheme', maxLength: 40 })
          .filter(name => sessionNameProblem(name) === null),
        fc.constantFrom('active' as const, 'paused' as const, 'completed' as const),
        (name, status) => {
          const session = { ...SESSION, name, status, colour: 'red' };
          expect(parseSession(formatSession(session))).toEqual(session);
        }
      )
    );
  });

  it('writes equal bytes whatever the order of keys', () => {
    const shuffled = Object.fromEntries(Object.entries(SESSION).reverse());
    expect(formatSession(shuffled as unknown as ISession)).toBe(formatSession(SESSION));
  });

  it.each([
    ['{', 'not JSON'],
    ['[]', 'must hold an object'],
    [JSON.stringify({ ...SESSION, v: 2 }), '"v" must be 1; found 2.'],
    [JSON.stringify({ ...SESSION, status: 'done' }), '"status" must be active'],
    [JSON.stringify({ ...SESSION, name: '' }), '"name" must be 1 to 100'],
    [JSON.stringify({ ...SESSION, created_at: 'now' }), '"created_at"'],
    [JSON.stringify({ ...SESSION, path: 'results.csv' }), '"path" must be'],
    [JSON.stringify({ ...SESSION, user: undefined }), 'found nothing']
  ])('refuses %s', (text, message) => {
    expect(parseSession(text)).toEqual({
      problem: expect.stringContaining(message) as unknown
    });
  });
});

describe('sessionOwnerIn', () => {
  it('names the person, and nobody for what is no session', () => {
    expect(sessionOwnerIn(formatSession(SESSION))).toBe('ana');
    expect(['{}', '', '{"user":"ana"}'].map(sessionOwnerIn)).toEqual(['', '', '']);
  });
});

describe('sessionNameProblem', () => {
  it('is told in the language of the reader', () => {
    const trans = { ...ENGLISH, __: (text: string) => `«${text}»` };
    for (const name of ['', 'x'.repeat(101), 'a\tb', ' a']) {
      expect(sessionNameProblem(name, trans)).toMatch(/^«.*»$/);
    }
  });

  it.each(['a', 'Quantum VQE', 'ünï ✓', 'x'.repeat(100), '⚛'.repeat(100)])(
    'takes "%s"',
    name => {
      expect(sessionNameProblem(name)).toBeNull();
    }
  );

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['x'.repeat(101), 'has 101'],
    ['two\nlines', 'one line'],
    [' padded', 'space']
  ])('refuses "%s"', (name, reason) => {
    expect(sessionNameProblem(name)).toContain(reason);
  });
});
