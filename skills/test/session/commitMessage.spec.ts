import * as fc from 'fast-check';
import {
  formatCommit,
  normaliseLine,
  normalisePrompt,
  parseCommit,
  type ISessionCommit
} from '../../src/session/commitMessage';

const EXAMPLE = `session: Quantum VQE Optimization

Prompt: Create a VQE circuit for H2 and plot its convergence.

Stats:
- 12 messages
- 3 artifacts generated
- 8 traces executed

Artifacts:
- quantum-circuit: bell_state
- skill: quantum-optimization.md

🤖 LLMunix Context Memory

Session: s-01J5
Skill: quantum-vqe sha256:aa
Run: 01J6 success`;

const line = fc.string({ unit: 'grapheme', maxLength: 40 }).map(normaliseLine);
const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/);
const count = fc.nat(100000);
const trailers = fc.array(
  fc.record({ key: fc.stringMatching(/^[A-Z][a-z-]{0,9}$/), value: line }),
  { maxLength: 4 }
);
const session: fc.Arbitrary<ISessionCommit> = fc.record({
  kind: fc.constant('session' as const),
  name: line.filter(text => text !== ''),
  prompt: fc
    .array(fc.string({ unit: 'grapheme', maxLength: 30 }), { maxLength: 6 })
    .map(lines => normalisePrompt(lines.join('\n'))),
  stats: fc.record({ messages: count, artifacts: count, traces: count }),
  artifacts: fc.array(fc.record({ type: word, name: line }), { maxLength: 4 }),
  trailers
});

describe('formatCommit and parseCommit', () => {
  it('reads the documented example', () => {
    expect(parseCommit(EXAMPLE)).toEqual({
      kind: 'session',
      name: 'Quantum VQE Optimization',
      prompt: 'Create a VQE circuit for H2 and plot its convergence.',
      stats: { messages: 12, artifacts: 3, traces: 8 },
      artifacts: [
        { type: 'quantum-circuit', name: 'bell_state' },
        { type: 'skill', name: 'quantum-optimization.md' }
      ],
      trailers: [
        { key: 'Session', value: 's-01J5' },
        { key: 'Skill', value: 'quantum-vqe sha256:aa' },
        { key: 'Run', value: '01J6 success' }
      ]
    });
  });

  it('writes the documented example byte for byte', () => {
    expect(formatCommit(parseCommit(EXAMPLE))).toBe(EXAMPLE);
  });

  it('gives any session back', () => {
    fc.assert(
      fc.property(session, commit => {
        expect(parseCommit(formatCommit(commit))).toEqual(commit);
      }),
      { numRuns: 500 }
    );
  });

  it('gives learned-skill commits back', () => {
    fc.assert(
      fc.property(word, count, trailers, (skill, traces, trailers) => {
        const commit = {
          kind: 'evolution',
          action: 'update',
          skill,
          traces,
          trailers
        } as const;
        expect(parseCommit(formatCommit(commit))).toEqual(commit);
      })
    );
  });

  it('leaves no trailing white space and no final newline', () => {
    fc.assert(
      fc.property(session, commit => {
        expect(formatCommit(commit)).not.toMatch(/[ \t]$/m);
        expect(formatCommit(commit)).not.toMatch(/\n$/);
      })
    );
  });

  it('takes no line separator of another alphabet for text', () => {
    expect(normalisePrompt('one \u2028two\u2029three')).toBe('one\ntwo\nthree');
  });

  it('keeps a prompt whose lines look like other parts of the message', () => {
    const prompt = 'First\n\nStats:\n- 9 messages\n\n🤖 LLMunix Context Memory\nend';
    const commit: ISessionCommit = {
      kind: 'session',
      name: 'Tricky',
      prompt,
      stats: { messages: 1, artifacts: 0, traces: 2 },
      artifacts: [],
      trailers: []
    };
    expect(parseCommit(formatCommit(commit))).toEqual(commit);
  });

  it.each(['🤖 LLMunix Context Memory', 'LLMunix Context Memory'])(
    'reads an older message that has only the line "%s"',
    marker => {
      expect(parseCommit(`Bell state study\n\n${marker}\n`)).toEqual({
        kind: 'session',
        name: 'Bell state study',
        prompt: '',
        stats: { messages: 0, artifacts: 0, traces: 0 },
        artifacts: [],
        trailers: []
      });
    }
  );

  it('reads a hand-written prompt that goes on without indentation', () => {
    const text = 'session: Hand\n\nPrompt: one\ntwo\n\nStats:\n- 1 message\n';
    expect(parseCommit(text)).toMatchObject({
      prompt: 'one\ntwo',
      stats: { messages: 1, artifacts: 0, traces: 0 }
    });
  });

  it('leaves foreign commits as they are', () => {
    expect(parseCommit('Fix typo\n\nIn the docs.\n\nSigned-off-by: A <a@b>\n')).toEqual(
      {
        kind: 'other',
        subject: 'Fix typo',
        body: 'In the docs.',
        trailers: [{ key: 'Signed-off-by', value: 'A <a@b>' }]
      }
    );
  });
});
