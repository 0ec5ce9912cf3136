import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import { formatCommit, type ISessionCommit } from '@llmos-lab/skills';

import { commitWords } from '../../src/history/commitWords';

const trans = nullTranslator.load('llmos');
const words = (message: string, within: 'session' | 'volume' = 'volume') =>
  commitWords({ message }, within, trans);

function session(
  prompt: string,
  ...told: readonly (readonly [string, string])[]
): string {
  const commit: ISessionCommit = {
    ...{ kind: 'session', name: 'Hydrogen', prompt, artifacts: [] },
    stats: { messages: 0, artifacts: 0, traces: 9 },
    trailers: [['Session', 's-1'] as const, ...told].map(([key, value]) => ({
      ...{ key, value }
    }))
  };
  return formatCommit(commit);
}

describe('a commit in a list', () => {
  it('is told from others of its session by prompt, runs and skills', () => {
    const message = session(
      'Compare bases\nof H2',
      ['Skill', 'plot sha256:1'],
      ['Skill', 'quantum-vqe sha256:2'],
      ['Run', 'r1 success'],
      ['Run', 'r2 failed']
    );
    const done = '2 runs, 1 failed: plot, quantum-vqe';
    expect(words(message)).toEqual({ title: 'Hydrogen: Compare bases of H2', done });
    expect(words(message, 'session').title).toBe('Compare bases of H2');
  });

  it('says what it can where nobody gave a prompt', () => {
    expect(words(session(''), 'session')).toEqual({
      ...{ title: 'Hydrogen', done: 'edited, not run' }
    });
    expect(words(session('Hydrogen', ['Run', 'r1 success']))).toEqual({
      ...{ title: 'Hydrogen', done: '1 run' }
    });
    expect(words('session: By hand')).toEqual({ title: 'By hand', done: '' });
  });

  it('counts answers of the assistant apart from runs', () => {
    const answers = [
      ['Answer', 'q1 success'],
      ['Answer', 'q2 failed']
    ] as const;
    const told = '2 new answers of the assistant';
    expect(words(session('', ...answers)).done).toBe(told);
    expect(words(session('', ['Run', 'r1 success'], ...answers)).done).toBe(
      `1 run; ${told}`
    );
  });

  it('says from what its notebook was renamed', () => {
    const renamed = ['Renamed-From', 'user:a/Untitled2.ipynb'] as const;
    expect(words(session('', renamed)).done).toBe('renamed from Untitled2');
    expect(
      words(session('', renamed, ['Skill', 'plot'], ['Run', 'r1 success']))
    ).toEqual({
      ...{ title: 'Hydrogen', done: '1 run: plot; renamed from Untitled2' }
    });
  });

  it('is its first line where it is of something else', () => {
    expect(words('Evolution: Create skill a from 5 traces\n\nTrace: t1')).toEqual({
      ...{ title: 'Evolution: Create skill a from 5 traces', done: '' }
    });
    expect(words('Add notes.md\n\nWhy').title).toBe('Add notes.md');
  });
});
