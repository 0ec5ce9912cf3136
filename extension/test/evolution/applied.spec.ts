/** @jest-environment node */
import type { Contents } from '@jupyterlab/services';
import { isDraft } from '@llmos-lab/skills';
import type { Signal } from '@lumino/signaling';

import { vqeAndPlot } from '../../../skills/test/evolution/traces';
import { refuseDeleted } from '../../src/evolution/deletedDraft';
import type { Evolution } from '../../src/evolution/evolution';
import { driveFiles } from '../../src/session/store/driveFiles';
import { bytesOf, textOf } from '../volumes/bytes';
import { entriesOf, five, until, useEvolution, withSettings } from './evolutionBench';

const bench = useEvolution();
const { keep, start } = bench;

describe('a skill that was applied automatically', () => {
  const path = 'skills/vqe-convergence.md';
  const apply = async (): Promise<Evolution> => {
    await keep(five());
    const evolution = start({
      entries: () => entriesOf(bench.volume, bench.store),
      settings: withSettings({ applyAutomatically: true })
    });
    await evolution.run('user');
    return evolution;
  };
  /** Saves it with a line more, as the editor does, which the panel then shows. */
  const saveLine = async (evolution: Evolution, line: string): Promise<void> => {
    const text = textOf(await bench.store.read(path));
    await bench.store.write(path, bytesOf(`${text}\n${line}\n`));
    (bench.volume.drive.fileChanged as Signal<object, Contents.IChangedArgs>).emit({
      ...{ type: 'save', oldValue: null, newValue: { path } }
    });
    await until(evolution, () =>
      evolution.candidates.some(({ text: shown }) => shown.includes(line))
    );
  };
  /** Subjects of the newest commits, the last one first. */
  const last = async (limit: number): Promise<readonly string[]> =>
    (await bench.store.repository.store.log({ limit })).map(
      ({ message }) => message.split('\n')[0] ?? ''
    );

  it('is a draft until a person accepts it', async () => {
    const evolution = await apply();
    expect(isDraft(textOf(await bench.store.read(path)))).toBe(true);
    expect(evolution.candidates).toMatchObject([
      { id: 'vqe-convergence', volume: 'user', path, isApplied: true }
    ]);
    expect(evolution.candidates[0]?.review.report.agreed).toBe(3);
    await evolution.accept('user', 'vqe-convergence');
    expect(await last(1)).toEqual(['Accept the learned skill vqe-convergence']);
    // That a run applied it was nobody's decision.
    expect(evolution.decisions).toMatchObject([{ kind: 'accepted', who: 'Ana' }]);
    const text = textOf(await bench.store.read(path));
    expect(isDraft(text)).toBe(false);
    expect(text).not.toContain('learned_draft');
    expect(evolution.candidates).toEqual([]);
    expect(await bench.store.repository.status(['evolution', 'skills'])).toEqual([]);
  });

  it('is taken out again when a person rejects it, and stays away', async () => {
    const evolution = await apply();
    const before = evolution.candidates;
    const undo = await evolution.reject('user', 'vqe-convergence', 'Not useful');
    expect(await last(2)).toEqual([
      'Reject the learned skill vqe-convergence',
      'Take the learned skill vqe-convergence out'
    ]);
    expect(await bench.store.stat(path)).toBeUndefined();
    expect(evolution.candidates).toEqual([]);
    await keep([160, 170, 180].map(n => vqeAndPlot(n)));
    expect(await evolution.run('user')).toMatchObject({
      ...{ patterns: 1, turnedDown: 1 },
      candidates: []
    });
    await undo();
    expect(evolution.candidates).toEqual(before);
    expect(await bench.store.stat(path)).toBeDefined();
  });

  it('stays away when a person has deleted it, until they take that back', async () => {
    const evolution = await apply();
    const text = textOf(await bench.store.read(path));
    await bench.store.remove(path);
    const files = driveFiles(bench.volume.drive);
    const forget = await refuseDeleted(files, { id: 'vqe-convergence', text }, 'Gone');
    await keep([160, 170, 180].map(n => vqeAndPlot(n)));
    expect(await evolution.run('user')).toMatchObject({
      ...{ patterns: 1, turnedDown: 1, candidates: [] }
    });
    expect(textOf(await bench.store.read('evolution/rejected.jsonl'))).toContain(
      '"Gone"'
    );
    await forget?.();
    expect(await evolution.run('user')).not.toHaveProperty('turnedDown');
    const mine = '---\nname: Mine\n---\n';
    expect(await refuseDeleted(files, { id: 'mine', text: mine }, '')).toBeNull();
  });

  it('is accepted as a person has edited and saved it', async () => {
    const evolution = await apply();
    await saveLine(evolution, 'On Mondays.');
    await evolution.accept('user', 'vqe-convergence');
    const text = textOf(await bench.store.read(path));
    expect(text).toContain('On Mondays.');
    expect(isDraft(text)).toBe(false);
    expect(await last(2)).toEqual([
      'Accept the learned skill vqe-convergence',
      'Edit learned skills'
    ]);
    expect(evolution.candidates).toEqual([]);
    expect(await bench.store.repository.status(['evolution', 'skills'])).toEqual([]);
  });

  it('is not accepted with an edit that was not shown yet', async () => {
    const evolution = await apply();
    const shown = textOf(await bench.store.read(path));
    await bench.store.write(path, bytesOf(`${shown}\nMeanwhile.\n`));
    const accept = evolution.accept('user', 'vqe-convergence');
    await expect(accept).rejects.toMatchObject({ code: 'conflict', paths: [path] });
    expect(isDraft(textOf(await bench.store.read(path)))).toBe(true);
  });

  it('is rejected once, also where a person has edited and saved it', async () => {
    const evolution = await apply();
    await saveLine(evolution, 'On Mondays.');
    await evolution.reject('user', 'vqe-convergence', 'Not useful');
    expect(await bench.store.stat(path)).toBeUndefined();
    const lines = textOf(await bench.store.read('evolution/rejected.jsonl'));
    expect(lines.trim().split('\n')).toHaveLength(1);
    expect(evolution.candidates).toEqual([]);
    expect(await bench.store.repository.status(['evolution', 'skills'])).toEqual([]);
  });

  it('remembers no rejection of what could not be taken out', async () => {
    const evolution = await apply();
    await saveLine(evolution, `It needs "sk-ant-api03-${'a1'.repeat(12)}".`);
    const reject = evolution.reject('user', 'vqe-convergence', 'Not useful');
    await expect(reject).rejects.toThrow('this looks like a secret');
    expect(await bench.store.stat('evolution/rejected.jsonl')).toBeUndefined();
    expect(evolution.candidates).toHaveLength(1);
  });

  it('is shown beside a file that cannot be read', async () => {
    const { drive } = bench.volume;
    const read = drive.get.bind(drive);
    const seen = jest
      .spyOn(drive, 'get')
      .mockImplementation((at, options) =>
        at === 'skills/latin.md'
          ? Promise.reject(
              Object.assign(new Error('No UTF-8.'), { response: { status: 400 } })
            )
          : read(at, options)
      );
    await bench.store.write('skills/latin.md', Uint8Array.of(0xe9));
    await keep(five());
    const evolution = start({ settings: withSettings({ applyAutomatically: true }) });
    await evolution.run('user');
    expect(seen).toHaveBeenCalledWith('skills/latin.md', expect.anything());
    expect(evolution.candidates).toMatchObject([{ path, isApplied: true }]);
    expect(evolution.history).toHaveLength(1);
  });

  it('is reviewed with its update by who accepts that', async () => {
    const evolution = await apply();
    await keep([131, 132, 133, 134, 135, 136, 137].map(n => vqeAndPlot(n)));
    const run = await evolution.run('user');
    expect(run?.applied).toBeUndefined();
    expect(evolution.candidates).toHaveLength(1);
    expect(evolution.candidates[0]?.isApplied).toBeUndefined();
    expect(evolution.candidates[0]?.review.updates).toBeDefined();
    await evolution.accept('user', 'vqe-convergence');
    expect(isDraft(textOf(await bench.store.read(path)))).toBe(false);
    expect(evolution.candidates).toEqual([]);
  });
});
