import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import type { IMergePlan } from '@llmos-lab/skills';
import * as React from 'react';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';

import { MergeModel } from '../../src/remotes/merge/model';
import { MergeView } from '../../src/remotes/merge/MergeView';
import { titleOf } from '../../src/remotes/merge/titleOf';
import { bytesOf } from '../volumes/bytes';

const trans = nullTranslator.load('llmos');
const [MINE, THEIRS] = ['a'.repeat(40), 'b'.repeat(40)];
const conflict = (path: string): IMergePlan['conflicts'][0] => ({
  ...{ path, base: 'x', mine: 'y', theirs: 'z' },
  besidePath: path.replace('.', ' (theirs bbbbbbb).')
});
const PLAN: IMergePlan = {
  ...{ mine: MINE, theirs: THEIRS },
  changes: [{ path: 'new.md', content: bytesOf('new') }],
  conflicts: [conflict('a.bin'), { ...conflict('gone.bin'), mine: null }]
};
const RECORD = {
  ...{ v: 1, id: 's-1', name: 'Hydrogen', volume: 'user', volume_id: 'ana' },
  ...{ status: 'active', path: 'h2.ipynb', user: 'ana', metadata: {} },
  ...{ created_at: '2026-11-21T10:00:00.000Z' },
  ...{ updated_at: '2026-11-21T10:00:00.000Z' }
};
/** Where Hydrogen is the session with the id `s-1`. */
const SESSIONS = {
  read: (path: string) =>
    Promise.resolve(
      path.endsWith('session.json') ? bytesOf(JSON.stringify(RECORD)) : null
    )
};

describe('files that both sides changed', () => {
  let model: MergeModel;
  let root: Root;
  let node: HTMLElement;
  const draw = (): void =>
    act(() => {
      root.render(
        <MergeView
          state={model.state}
          from="ana/volume"
          choose={(choice, path) => model.choose(choice, path)}
          open={path => model.open(path)}
          trans={trans}
        />
      );
    });

  beforeEach(async () => {
    // Bytes that are no text are told by their sizes.
    const read = (_: string, at?: string): Promise<Uint8Array> =>
      Promise.resolve(Uint8Array.of(255, at === MINE ? 1 : 2));
    model = new MergeModel({ read }, PLAN);
    await act(async () => {
      node = document.createElement('div');
      root = createRoot(node);
      await Promise.resolve();
    });
    draw();
  });
  afterEach(() => {
    act(() => root.unmount());
    model.dispose();
  });

  it('are named by their session where a folder of an id has them', async () => {
    const title = (path: string): Promise<string> => titleOf(SESSIONS, path, [MINE]);
    expect(await title('sessions/s-1/s-1.ipynb')).toBe('Hydrogen.ipynb');
    expect(await title('sessions/s-1/chat.jsonl')).toBe('Hydrogen / chat.jsonl');
    expect(await title('skills/a.md')).toBe('skills/a.md');
  });

  it('are named so too where theirs stands beside, and where one is deleted', async () => {
    model.dispose();
    const gone = { ...conflict('sessions/s-1/plot.svg'), mine: null };
    const conflicts = [conflict('sessions/s-1/s-1.ipynb'), gone];
    model = new MergeModel(SESSIONS, { ...PLAN, conflicts });
    const isNamed = (): boolean => model.state.rows[1]?.title !== gone.path;
    await new Promise<void>(done => {
      model.stateChanged.connect(() => isNamed() && done());
    });
    model.choose('mine', gone.path);
    draw();
    expect(node.textContent).toContain(
      'Theirs is kept beside mine as Hydrogen (theirs bbbbbbb).ipynb'
    );
    expect(node.textContent).toContain('Hydrogen / plot.svg is deleted; it stays');
    expect(node.textContent).not.toContain('s-1');
  });

  it('are told apart by their paths where names are the same', async () => {
    model.dispose();
    const conflicts = [conflict('sessions/s-1/s-1.ipynb'), conflict('Hydrogen.ipynb')];
    model = new MergeModel(SESSIONS, { ...PLAN, conflicts });
    const titles = (): string[] => model.state.rows.map(({ title }) => title);
    const told = conflicts.map(({ path }) => `Hydrogen.ipynb (${path})`);
    await new Promise<void>(done => {
      model.stateChanged.connect(() => titles()[1] === told[1] && done());
    });
    expect(titles()).toEqual(told);
  });

  it('are kept in both versions until a person chooses', () => {
    expect([...model.choices.values()]).toEqual(['both', 'both']);
    expect(node.textContent).toContain(
      'Theirs is kept beside mine as a (theirs bbbbbbb).bin'
    );
    expect(node.textContent).toContain('1 other change is taken as it is.');
  });

  it('are chosen one by one, or all at once', () => {
    const radio = node.querySelector<HTMLInputElement>(
      '[name="merge-a.bin"][value=mine]'
    );
    act(() => radio?.click());
    expect([...model.choices]).toEqual([
      ['a.bin', 'mine'],
      ['gone.bin', 'both']
    ]);
    draw();
    expect(node.textContent).toContain('The other version stays in the history');
    const all = [...node.querySelectorAll('button')].find(
      button => button.textContent === 'All theirs'
    );
    act(() => all?.click());
    expect([...model.choices.values()]).toEqual(['theirs', 'theirs']);
  });

  it('say what was deleted, and what that means', () => {
    expect(node.textContent).toContain('mine (deleted)');
    act(() => model.choose('mine', 'gone.bin'));
    draw();
    expect(node.textContent).toContain('gone.bin is deleted; it stays in the history');
  });

  it('are compared, the first at once', async () => {
    await act(async () => {
      model.open('gone.bin');
      await new Promise(done => setTimeout(done));
    });
    draw();
    expect(model.state.diff).toMatchObject({ kind: 'binary', before: 2, after: 2 });
    expect(node.textContent).toContain('gone.bin: from mine to theirs');
  });
});
