/** @jest-environment node */
import type { IReplayedCall, ISkillEntry } from '@llmos-lab/kernel';

import { traced, vqeAndPlot } from '../../../skills/test/evolution/traces';
import type { Evolution } from '../../src/evolution/evolution';
import { bytesOf, textOf } from '../volumes/bytes';
import { AUTHOR, entriesOf, five, useEvolution, withSettings } from './evolutionBench';

const bench = useEvolution();
const { keep, start } = bench;

describe('with a skill that was learned before', () => {
  const accepted = async (): Promise<string> => {
    await keep(five());
    const evolution = start();
    await evolution.run('user');
    await evolution.accept('user', 'vqe-convergence');
    return textOf(await bench.store.read('skills/vqe-convergence.md'));
  };
  const renew = async (): Promise<Evolution> => {
    await keep([131, 132, 133, 134, 135, 136, 137].map(n => vqeAndPlot(n)));
    const evolution = start({ entries: () => entriesOf(bench.volume, bench.store) });
    await evolution.run('user');
    return evolution;
  };
  const edit = (text: string): Promise<void> =>
    bench.store
      .write('skills/vqe-convergence.md', bytesOf(text))
      .then(() => bench.store.repository.commit({ message: 'mine', author: AUTHOR }))
      .then(() => undefined);

  it('makes an update of it from new runs, and keeps what a person has edited', async () => {
    const text = await accepted();
    await edit(text.replace(/^name: .*$/m, 'name: Of Ana'));
    const evolution = await renew();
    const [candidate] = evolution.candidates;
    expect(candidate).toMatchObject({
      id: 'vqe-convergence',
      skill: { name: 'Of Ana' }
    });
    expect(candidate?.review.updates).toMatch(/^sha256:/);
    expect(candidate?.current).toContain('default: 120');
    expect(candidate?.text).not.toContain('default: 120');
    expect(bench.replays.at(-1)?.entry.skill.name).toBe('Of Ana');
    await evolution.accept('user', 'vqe-convergence');
    const [entry] = await bench.store.repository.store.log();
    expect(entry?.message).toMatch(
      /^Evolution: Update skill vqe-convergence from 12 traces\n\nTrace: /
    );
    const now = textOf(await bench.store.read('skills/vqe-convergence.md'));
    expect(now).toContain('name: Of Ana');
    expect(now).not.toContain('learned_updates');
    // The next update starts from what was learned, not from what was merged.
    await keep(Array.from({ length: 18 }, (_, at) => vqeAndPlot(150 + at)));
    const third = start({ entries: () => entriesOf(bench.volume, bench.store) });
    await third.run('user');
    expect(third.candidates[0]?.skill.name).toBe('Of Ana');
    expect(third.candidates[0]?.review.updates).toBeDefined();
  });

  it('puts a new skill beside it where a person edited what would change', async () => {
    const text = await accepted();
    await edit(text.replace('default: 120', 'default: 42'));
    const evolution = await renew();
    const [candidate, more] = evolution.candidates;
    expect(more).toBeUndefined();
    expect(candidate).toMatchObject({
      id: 'vqe-convergence-2',
      review: { beside: 'vqe-convergence' }
    });
    await evolution.accept('user', 'vqe-convergence-2');
    expect(textOf(await bench.store.read('skills/vqe-convergence.md'))).toContain(
      'default: 42'
    );
  });

  it('is accepted into a skill that was saved and not committed, after that edit', async () => {
    const text = await accepted();
    const path = 'skills/vqe-convergence.md';
    await bench.store.write(path, bytesOf(text.replace(/^name: .*$/m, 'name: Of Ana')));
    const evolution = await renew();
    await evolution.accept('user', 'vqe-convergence');
    expect(textOf(await bench.store.read(path))).toContain('name: Of Ana');
    const [update, edit] = await bench.store.repository.store.log();
    expect(update?.message).toContain('Update skill vqe-convergence');
    expect(edit?.message).toBe('Edit learned skills');
    expect(await bench.store.repository.status(['evolution', 'skills'])).toEqual([]);
  });

  it('renews an update whose skill was edited meanwhile, and refuses to accept it before', async () => {
    const text = await accepted();
    const evolution = await renew();
    await edit(text.replace(/^name: .*$/m, 'name: Of Ana'));
    await expect(evolution.accept('user', 'vqe-convergence')).rejects.toThrow(
      'edited since'
    );
    await evolution.run('user');
    expect(evolution.candidates[0]?.skill.name).toBe('Of Ana');
  });

  it('offers no update without the edits of the person, where they could not be written', async () => {
    const text = await accepted();
    const key = `sk-ant-api03-${'a1'.repeat(12)}`;
    const named = text.replace(/^name: .*$/m, 'name: Of Ana');
    await edit(`${named}\nCall it with "${key}".\n`);
    const evolution = await renew();
    expect(evolution.history[0]).toMatchObject({ status: 'failed', candidates: [] });
    expect(evolution.candidates).toEqual([]);
    await expect(evolution.accept('user', 'vqe-convergence')).rejects.toThrow();
    await edit(named);
    await evolution.run('user');
    expect(evolution.candidates[0]?.skill.name).toBe('Of Ana');
    expect(evolution.candidates[0]?.review.updates).toBeDefined();
  });

  it('takes an update away that replays refuse once its skill was edited', async () => {
    const text = await accepted();
    await renew();
    await edit(text.replace(/^name: .*$/m, 'name: Of Ana'));
    const evolution = start({
      entries: () => entriesOf(bench.volume, bench.store),
      pool: {
        replay: () =>
          Promise.resolve<readonly IReplayedCall[]>([
            { skill: 'quantum-vqe', outputs: { eigenvalue: traced(7) } },
            { skill: 'plot-convergence', outputs: { final_value: traced(7) } }
          ])
      }
    });
    expect((await evolution.run('user'))?.rejected).toHaveLength(1);
    expect(evolution.candidates).toEqual([]);
  });

  it('leaves updates to the person where verified skills are applied', async () => {
    await accepted();
    await keep([131, 132, 133, 134, 135, 136, 137].map(n => vqeAndPlot(n)));
    const evolution = start({
      entries: () => entriesOf(bench.volume, bench.store),
      settings: withSettings({ applyAutomatically: true })
    });
    await evolution.run('user');
    expect(evolution.candidates[0]?.review.updates).toBeDefined();
  });

  it('brings no update again that a person refused, until there are new runs', async () => {
    await accepted();
    const evolution = await renew();
    await evolution.reject('user', 'vqe-convergence', '');
    await evolution.run('user');
    expect(evolution.candidates).toEqual([]);
    await keep([151, 152, 153, 154, 155, 156].map(n => vqeAndPlot(n)));
    await evolution.run('user');
    expect(evolution.candidates).toHaveLength(1);
  });

  it('renews pins of a member that has changed', async () => {
    await accepted();
    const moved = async (): Promise<readonly ISkillEntry[]> =>
      (await entriesOf(bench.volume, bench.store)).map(entry =>
        entry.skill.id === 'quantum-vqe'
          ? { ...entry, version: `sha256:${'7'.repeat(64)}` }
          : entry
      );
    const evolution = start({ entries: moved });
    await evolution.run('user');
    expect(evolution.candidates[0]?.skill.code).toContain('sha256:7777777777777777');
    expect(evolution.candidates[0]?.review.updates).toBeDefined();
  });
});
