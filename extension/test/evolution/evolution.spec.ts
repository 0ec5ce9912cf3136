/** @jest-environment node */
import type { Contents } from '@jupyterlab/services';
import { notReplayed, withReview } from '@llmos-lab/skills';
import type { Signal } from '@lumino/signaling';

import { vqeAndPlot } from '../../../skills/test/evolution/traces';
import { foundBy, isNews } from '../../src/evolution/foundBy';
import type { IRejectionOfVolume } from '../../src/evolution/tokens';
import { bytesOf, textOf } from '../volumes/bytes';
import {
  AUTHOR,
  entriesOf,
  five,
  until,
  useEvolution,
  withSettings
} from './evolutionBench';

const bench = useEvolution();
const { keep, start } = bench;

describe('Evolution', () => {
  it('learns a skill, verifies it and commits it when it is accepted', async () => {
    const traces = five();
    await keep(traces);
    const evolution = start();
    const run = await evolution.run('user');
    expect(run).toMatchObject({
      ...{ status: 'done', traces: 5, patterns: 1, verified: 1, rejected: [] },
      candidates: ['vqe-convergence']
    });
    expect(bench.replays).toHaveLength(3);
    const [candidate] = evolution.candidates;
    expect(candidate?.skill.inputs[0]?.default).toBe(120);
    expect(candidate?.review.report).toMatchObject({ verdict: 'accepted', agreed: 3 });
    const oid = await evolution.accept('user', 'vqe-convergence');
    const [entry] = await bench.store.repository.store.log();
    expect(entry?.oid).toBe(oid);
    expect(entry?.message).toMatch(
      /^Evolution: Create skill vqe-convergence from 5 traces\n\nTrace: /
    );
    expect(evolution.candidates).toEqual([]);
    const paths = ['evolution', 'skills'];
    expect(await bench.store.repository.status(paths)).toEqual([]);
    const again = start({ entries: () => entriesOf(bench.volume, bench.store) });
    expect(await again.run('user')).toMatchObject({
      ...{ patterns: 1, known: 1, candidates: [] }
    });
  });

  it('keeps a candidate back that would commit what looks like a secret', async () => {
    await keep(five());
    const evolution = start();
    await evolution.run('user');
    const path = 'evolution/candidates/vqe-convergence.md';
    const text = textOf(await bench.store.read(path));
    const key = `sk-ant-api03-${'a1'.repeat(12)}`;
    await bench.store.write(path, bytesOf(`${text}\nCall it with "${key}".\n`));
    await expect(evolution.accept('user', 'vqe-convergence')).rejects.toThrow(
      /skills\/vqe-convergence\.md", line \d+: this looks like a secret/
    );
    expect(await bench.store.stat('skills/vqe-convergence.md')).toBeUndefined();
    expect(await bench.store.stat(path)).toBeDefined();
  });

  it('names the poisoned trace that a skill was rejected for, and waits for newer ones', async () => {
    const traces = five();
    const poisoned = vqeAndPlot(140, {}, -9);
    await keep([...traces, poisoned]);
    const evolution = start();
    const run = await evolution.run('user');
    expect(run?.candidates).toEqual([]);
    expect(run?.rejected[0]?.reason).toContain(poisoned.id);
    const before = bench.replays.length;
    await evolution.run('user');
    expect(bench.replays).toHaveLength(before);
    await keep([160, 170, 180].map(n => vqeAndPlot(n)));
    expect((await evolution.run('user'))?.candidates).toEqual(['vqe-convergence']);
  });

  it('never proposes again what a person has rejected', async () => {
    await keep(five());
    const evolution = start();
    await evolution.run('user');
    const before = evolution.candidates;
    const undo = await evolution.reject('user', 'vqe-convergence', 'Not useful');
    expect(evolution.rejections).toMatchObject([
      { id: 'vqe-convergence', volume: 'user', reason: 'Not useful' }
    ]);
    await keep([vqeAndPlot(160)]);
    expect(await evolution.run('user')).toMatchObject({ candidates: [] });
    expect(evolution.candidates).toEqual([]);
    // Until they take that back.
    await undo();
    expect(evolution.candidates).toEqual(before);
    expect(evolution.rejections).toEqual([]);
    expect(await bench.store.repository.status(['evolution'])).toEqual([]);
  });

  it('rejects nothing for a reason with a secret', async () => {
    await keep(five());
    const evolution = start();
    await evolution.run('user');
    const secret = `ghp_${'aB3'.repeat(12)}`;
    const reject = evolution.reject('user', 'vqe-convergence', `See ${secret}`);
    await expect(reject).rejects.toMatchObject({ name: 'SecretsError' });
    expect(evolution.candidates).toHaveLength(1);
    expect(evolution.rejections).toEqual([]);
  });

  it('proposes again what a rejection was taken back of later', async () => {
    await keep(five());
    const evolution = start();
    await evolution.run('user');
    await evolution.reject('user', 'vqe-convergence', 'Not useful');
    const [rejection] = evolution.rejections;
    await evolution.allow(rejection as IRejectionOfVolume);
    expect(evolution.rejections).toEqual([]);
    expect(evolution.decisions[0]).toMatchObject({
      kind: 'allowed',
      id: 'vqe-convergence'
    });
    expect(await evolution.run('user')).toMatchObject({
      candidates: ['vqe-convergence']
    });
  });

  it('tells each decision with who, when and in which commit, the newest first', async () => {
    await keep(five());
    const evolution = start();
    await evolution.run('user');
    const undo = await evolution.reject('user', 'vqe-convergence', 'Not useful');
    await undo();
    const oid = await evolution.accept('user', 'vqe-convergence');
    const decision = { id: 'vqe-convergence', volume: 'user', who: 'Ana' };
    const at = new Date(1000 * AUTHOR.time).toISOString();
    expect(evolution.decisions).toEqual([
      { ...decision, kind: 'accepted', at, commit: oid },
      { ...decision, kind: 'undone', at, commit: expect.any(String) as string },
      { ...decision, kind: 'rejected', at, commit: expect.any(String) as string }
    ]);
  });

  it('verifies what the command line has proposed, under the id that it has', async () => {
    await keep(five());
    const evolution = start();
    await evolution.run('user');
    const path = 'evolution/candidates/vqe-convergence.md';
    const text = textOf(await bench.store.read(path));
    await bench.store.remove(path);
    const { review } = evolution.candidates[0] ?? {};
    const report = notReplayed('The command line runs no skills.');
    const unverified = withReview(text.replaceAll('vqe-convergence', 'by-hand'), {
      ...{ sessions: [], confidence: 0, ...review },
      report
    });
    await bench.store.write('evolution/candidates/by-hand.md', bytesOf(unverified));
    expect(await evolution.run('user')).toMatchObject({ candidates: ['by-hand'] });
    expect(evolution.candidates).toHaveLength(1);
    expect(evolution.candidates[0]?.review.report.verdict).toBe('accepted');
  });

  it('commits what is verified at once where the setting says so', async () => {
    await keep(five());
    const evolution = start({ settings: withSettings({ applyAutomatically: true }) });
    const run = await evolution.run('user');
    expect(await bench.store.stat('skills/vqe-convergence.md')).toBeTruthy();
    const log = await bench.store.repository.store.log();
    expect(log.map(({ message }) => message.split('\n')[0])).toEqual([
      'evolution: Record a run (5 traces, 1 applied, 0 to review, 0 rejected)',
      'Evolution: Create skill vqe-convergence from 5 traces',
      'evolution: Learn vqe-convergence'
    ]);
    const [, { oid: commit } = { oid: '' }] = log;
    expect(run).toMatchObject({
      ...{ status: 'done', candidates: [], verified: 1 },
      applied: [{ id: 'vqe-convergence', commit }]
    });
    expect(run && [foundBy(run), isNews(run)]).toEqual([0, true]);
    expect(evolution.history[0]?.applied).toEqual(run?.applied);
    expect(await bench.store.repository.status(['evolution', 'skills'])).toEqual([]);
  });

  it('shows what waits beside a file that cannot be read, and names that one', async () => {
    const { drive } = bench.volume;
    const broken = 'evolution/candidates/latin.md';
    const read = drive.get.bind(drive);
    jest
      .spyOn(drive, 'get')
      .mockImplementation((at, options) =>
        at === broken
          ? Promise.reject(
              Object.assign(new Error('No UTF-8.'), { response: { status: 400 } })
            )
          : read(at, options)
      );
    await keep(five());
    const evolution = start();
    await evolution.run('user');
    const problem = (): unknown =>
      evolution.jobs.find(job => job.volume === 'user')?.problem;
    const emit = (): void =>
      (drive.fileChanged as Signal<object, Contents.IChangedArgs>).emit({
        ...{ type: 'save', oldValue: null, newValue: { path: broken } }
      });
    await bench.store.write(broken, Uint8Array.of(0xe9));
    emit();
    await until(evolution, () => problem() !== null);
    expect(problem()).toBe(`${broken}: No UTF-8.`);
    expect(evolution.candidates).toMatchObject([{ id: 'vqe-convergence' }]);
    expect(await evolution.run('user')).toMatchObject({ status: 'done' });
    expect(evolution.candidates).toHaveLength(1);
    expect(evolution.history).toHaveLength(2);
    await bench.store.remove(broken);
    emit();
    await until(evolution, () => problem() === null);
  });

  it('reads the history of commits again only where there are others', async () => {
    await keep(five());
    const evolution = start();
    await evolution.run('user');
    await evolution.reject('user', 'vqe-convergence', 'Not useful');
    expect(evolution.decisions).toMatchObject([{ kind: 'rejected' }]);
    const log = jest.spyOn(bench.store.repository.store, 'log');
    const path = 'evolution/rejected.jsonl';
    await bench.store.write(path, bytesOf(''));
    const { drive } = bench.volume;
    (drive.fileChanged as Signal<object, Contents.IChangedArgs>).emit({
      ...{ type: 'save', oldValue: null, newValue: { path } }
    });
    await until(evolution, () => evolution.rejections.length === 0);
    expect(evolution.decisions).toMatchObject([{ kind: 'rejected' }]);
    expect(log).not.toHaveBeenCalled();
  });

  it('shows what waits where the history of commits cannot be read', async () => {
    await keep(five());
    await start().run('user');
    jest
      .spyOn(bench.store.repository.store, 'log')
      .mockRejectedValue(new Error('A commit is missing.'));
    const evolution = start();
    await until(evolution, () => evolution.candidates.length > 0);
    expect(evolution.candidates).toMatchObject([{ id: 'vqe-convergence' }]);
    expect(evolution.jobs.find(job => job.volume === 'user')?.problem).toBe(
      'the history of decisions: A commit is missing.'
    );
  });

  it('records what could not be applied', async () => {
    await keep(five());
    const apply = bench.store.repository.apply.bind(bench.store.repository);
    jest
      .spyOn(bench.store.repository, 'apply')
      .mockImplementation(options =>
        options.message.startsWith('Evolution: ')
          ? Promise.reject(new Error('The disk is full.'))
          : apply(options)
      );
    const evolution = start({ settings: withSettings({ applyAutomatically: true }) });
    const run = await evolution.run('user');
    const note = '"vqe-convergence" was not applied: The disk is full.';
    expect(run?.notes).toEqual([note]);
    expect(run?.candidates).toEqual(['vqe-convergence']);
    expect(evolution.history).toMatchObject([{ status: 'done', notes: [note] }]);
    expect(evolution.candidates).toHaveLength(1);
  });

  it('renames a candidate as it is now, and never over an edit', async () => {
    await keep(five());
    const evolution = start();
    await evolution.run('user');
    const pathOf = (id: string): string => `evolution/candidates/${id}.md`;
    const edit = async (id: string, line: string): Promise<void> => {
      const text = textOf(await bench.store.read(pathOf(id)));
      await bench.store.write(pathOf(id), bytesOf(`${text}\n${line}\n`));
    };
    const { name = '' } = evolution.candidates[0]?.skill ?? {};
    await evolution.rename('user', 'vqe-convergence', name, 'Better.');
    expect(evolution.candidates).toMatchObject([
      { id: 'vqe-convergence', skill: { name, description: 'Better.' } }
    ]);
    // Neither is shown yet: one is committed, one is not.
    await edit('vqe-convergence', 'Committed.');
    await bench.store.repository.commit({ message: 'mine', author: AUTHOR });
    await edit('vqe-convergence', 'Saved.');
    await evolution.rename('user', 'vqe-convergence', 'Curve');
    expect(textOf(await bench.store.read(pathOf('curve')))).toMatch(
      /Committed\.\n\nSaved\./
    );

    const apply = bench.store.repository.apply.bind(bench.store.repository);
    jest
      .spyOn(bench.store.repository, 'apply')
      .mockImplementationOnce(async options => {
        await edit('curve', 'Meanwhile.');
        return apply(options);
      });
    await expect(evolution.rename('user', 'curve', 'Line')).rejects.toMatchObject({
      code: 'conflict'
    });
    expect(textOf(await bench.store.read(pathOf('curve')))).toContain('Meanwhile.');
    expect(await bench.store.stat(pathOf('line'))).toBeUndefined();

    await bench.store.write(pathOf('broken'), bytesOf('no skill'));
    await expect(evolution.rename('user', 'curve', 'Broken')).rejects.toMatchObject({
      code: 'conflict'
    });
    expect(textOf(await bench.store.read(pathOf('broken')))).toBe('no skill');
  });
});
