import '../browser';

import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Dialog, InputDialog, Notification } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import type { IEvolutionRun } from '@llmos-lab/skills';
import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';

import { CommandIDs } from '../../src/commands';
import { addEvolutionCommands } from '../../src/evolution/commands';
import type { ITabContext } from '../../src/evolution/candidateTab';
import type {
  IDraft,
  IEvolution,
  IJobState,
  IRejectionOfVolume,
  IRunOfVolume,
  IReviewed
} from '../../src/evolution/tokens';

function commandsOver(
  evolution: Partial<IEvolution>,
  documents: ITabContext['documents'] = null
): CommandRegistry {
  const commands = new CommandRegistry();
  addEvolutionCommands({
    app: { commands } as unknown as JupyterFrontEnd,
    evolution: evolution as IEvolution,
    documents,
    trans: nullTranslator.load('llmos')
  });
  return commands;
}

/** Documents of which one is open, with one factory for every file. */
function documentsOf(
  open: Readonly<Record<string, unknown>> & {
    readonly findWidget: (path: string) => unknown;
  }
): NonNullable<ITabContext['documents']> {
  const registry = { preferredWidgetFactories: () => [{ name: 'Editor' }] };
  return { registry, ...open } as unknown as NonNullable<ITabContext['documents']>;
}

/** A candidate as these commands see it. */
const WAITING = {
  ...{ id: 'curve', volume: 'user', path: 'a/curve.md' },
  skill: { id: 'curve', name: 'Curve', description: 'Old.' }
} as unknown as IReviewed;

describe('commands of evolution', () => {
  it.each([
    [true, 'The job runs already.'],
    [false, 'Another tab is at it already.']
  ])('say who is at it: this tab %s', async (isTaken, told) => {
    const info = jest.spyOn(Notification, 'info').mockReturnValue('');
    const job = { volume: 'user', isTaken, progress: null } as IJobState;
    const commands = commandsOver({ jobs: [job], run: () => Promise.resolve(null) });
    await commands.execute(CommandIDs.evolve, {});
    expect(info).toHaveBeenCalledWith(told, expect.anything());
    expect(commands.isEnabled(CommandIDs.stopEvolving)).toBe(false);
    info.mockRestore();
  });

  it('tell what was applied automatically, with the way to it', async () => {
    const told = jest.spyOn(Notification, 'success').mockReturnValue('');
    const info = jest.spyOn(Notification, 'info').mockReturnValue('');
    const applied = [{ id: 'curve', reason: 'All agree.', commit: 'c0ffee' }];
    const run = { status: 'done', candidates: [], rejected: [], applied };
    const commands = commandsOver({
      ...{ jobs: [], changed: new Signal({} as IEvolution) },
      run: () => Promise.resolve(run as unknown as IEvolutionRun)
    });
    await commands.execute(CommandIDs.evolve, {});
    expect(told.mock.calls.map(([message]) => message)).toEqual([
      'Learned and applied as a draft: curve. Accept it or take it out again in Evolution.'
    ]);
    expect(told.mock.calls[0]?.[1]?.actions?.[0]?.label).toBe('Show');
    expect(info).not.toHaveBeenCalled();
    told.mockRestore();
    info.mockRestore();
  });

  /** Waits for review of two skills, of which a run has told. */
  async function toldOfTwo() {
    const run = { status: 'done', candidates: ['curve', 'fit'], rejected: [] };
    const waiting = (ids: readonly string[]): readonly IReviewed[] =>
      ids.map(id => ({ id }) as IReviewed);
    const changed = new Signal<IEvolution, void>({} as IEvolution);
    const evolution = {
      ...{ jobs: [], candidates: waiting(['curve', 'fit']), drafts: [] },
      ...{ promotions: [], changed },
      run: () => Promise.resolve(run as unknown as IEvolutionRun)
    };
    await commandsOver(evolution).execute(CommandIDs.evolve, {});
    const decide = (left: readonly string[]): number => {
      evolution.candidates = waiting(left);
      changed.emit();
      return Notification.manager.count;
    };
    return { evolution, decide };
  }

  it('leave no word of what waits once all of it is decided', async () => {
    const { decide } = await toldOfTwo();
    expect(decide(['fit'])).toBe(1);
    expect(decide(['another'])).toBe(0);
  });

  it('look no more at what waits once their word was closed', async () => {
    const { evolution, decide } = await toldOfTwo();
    Notification.manager.dismiss();
    decide(['curve', 'fit']);
    const look = jest.fn((): readonly IReviewed[] => []);
    Object.defineProperty(evolution, 'candidates', { get: look, set: () => undefined });
    decide([]);
    expect(look).not.toHaveBeenCalled();
  });

  it('reject with a way back', async () => {
    const told = jest.spyOn(Notification, 'success').mockReturnValue('');
    const skill = { id: 'curve', name: 'Curve', description: 'Old.' };
    const waiting = { id: 'curve', volume: 'user', skill, review: {} };
    const undo = jest.fn(() => Promise.resolve());
    const commands = commandsOver({
      ...{ candidates: [waiting as unknown as IReviewed], drafts: [] },
      changed: new Signal({} as IEvolution),
      reject: () => Promise.resolve(undo)
    });
    await commands.execute(CommandIDs.rejectCandidate, { id: 'curve', reason: 'No' });
    const [words, options] = told.mock.calls[0] ?? [];
    expect(words).toBe(
      'Rejected "Curve". Its workflow is not proposed until you press Propose again in the panel.'
    );
    const [action] = options?.actions ?? [];
    expect(action?.label).toBe('Undo');
    action?.callback({} as MouseEvent);
    expect(undo).toHaveBeenCalled();
    told.mockRestore();
  });

  it('say of a guide, before and after, that its commits stay away', async () => {
    const told = jest.spyOn(Notification, 'success').mockReturnValue('');
    const skill = { id: 'habits', name: 'Habits', description: 'Often.' };
    const draft = { id: 'habits', volume: 'user', skill, origin: { commits: [] } };
    const commands = commandsOver({
      ...{ candidates: [], drafts: [draft as unknown as IDraft] },
      changed: new Signal({} as IEvolution),
      reject: () => Promise.resolve(() => Promise.resolve())
    });
    const ask = jest
      .spyOn(InputDialog, 'getText')
      .mockResolvedValue({ button: Dialog.okButton(), value: '', isChecked: null });
    await commands.execute(CommandIDs.rejectCandidate, { id: 'habits' });
    const words =
      'These commits are not proposed until you press Propose again in the panel.';
    expect(ask.mock.calls[0]?.[0].label).toBe(`${words} Why (optional):`);
    expect(told.mock.calls[0]?.[0]).toBe(`Rejected "Habits". ${words}`);
    ask.mockRestore();
    told.mockRestore();
  });

  it('let it be proposed again, which takes a run: they offer one', async () => {
    const told = jest.spyOn(Notification, 'info').mockReturnValue('');
    const rejection = { id: 'curve', volume: 'team-optics', signature: 'a > b' };
    const allow = jest.fn(() => Promise.resolve());
    const run = jest.fn(() => Promise.resolve(null));
    const commands = commandsOver({
      ...{ jobs: [], allow, run, history: [] },
      changed: new Signal({} as IEvolution),
      rejections: [rejection as IRejectionOfVolume]
    });
    await commands.execute(CommandIDs.allowCandidate, { id: 'curve' });
    expect(allow).toHaveBeenCalledWith(rejection);
    const [words, options] = told.mock.calls[0] ?? [];
    expect(words).toBe('The next run may propose "curve" again.');
    const [action] = options?.actions ?? [];
    expect(action?.label).toBe('Run now');
    action?.callback({} as MouseEvent);
    expect(run).toHaveBeenCalledWith('team-optics');
    told.mockRestore();
  });

  /** Decisions on a skill that was learned, and what is told of them. */
  function deciding(signature: string) {
    Notification.manager.dismiss();
    const rejection = { id: 'curve', volume: 'user', signature } as IRejectionOfVolume;
    const promotion = { volume: 'team-a', id: 'curve', version: 'sha256:1' };
    const run = { volume: 'system', status: 'done', promotions: [promotion] };
    const changed = new Signal<IEvolution, void>({} as IEvolution);
    const evolution = {
      ...{ jobs: [], candidates: [WAITING], drafts: [], changed },
      history: [{ ...run, id: '1' } as unknown as IRunOfVolume],
      rejections: [] as readonly IRejectionOfVolume[],
      reject: () => {
        evolution.rejections = [rejection];
        changed.emit();
        return Promise.resolve(() => Promise.resolve());
      },
      allow: () => {
        evolution.rejections = [];
        changed.emit();
        return Promise.resolve();
      }
    };
    const commands = commandsOver(evolution);
    return {
      ...{ evolution, changed, rejection },
      reject: () =>
        commands.execute(CommandIDs.rejectCandidate, { id: 'curve', reason: 'No' }),
      allow: () => commands.execute(CommandIDs.allowCandidate, { id: 'curve' }),
      told: () => Notification.manager.notifications.map(({ message }) => message)
    };
  }

  it('take back the word of a rejection, and of its end, once it holds no more', async () => {
    const { reject, allow, told, evolution, changed } = deciding('a > b');
    await reject();
    expect(told()).toEqual([expect.stringContaining('Rejected "Curve".')]);
    await allow();
    expect(told()).toEqual(['The next run may propose "curve" again.']);
    await reject();
    expect(told()).toEqual([expect.stringContaining('Rejected "Curve".')]);
    await allow();
    evolution.history = [
      { id: '2', volume: 'user', status: 'done' } as IRunOfVolume,
      ...evolution.history
    ];
    changed.emit();
    expect(told()).toEqual([]);
  });

  it('say that what was to be proposed for everybody waits again at once', async () => {
    const { allow, told, evolution, changed, rejection } = deciding(
      'promote:team-a/curve@sha256:1'
    );
    evolution.rejections = [rejection];
    await allow();
    expect(told()).toEqual(['"curve" waits again to be proposed for everybody.']);
    evolution.rejections = [rejection];
    changed.emit();
    expect(told()).toEqual([]);
  });

  it('say what of nothing new was turned down before', async () => {
    const told = jest.spyOn(Notification, 'info').mockReturnValue('');
    const run = { status: 'done', candidates: [], rejected: [], turnedDown: 1 };
    const commands = commandsOver({
      ...{ jobs: [], run: () => Promise.resolve(run as unknown as IEvolutionRun) }
    });
    await commands.execute(CommandIDs.evolve, {});
    expect(told.mock.calls.map(([words]) => words)).toEqual([
      'Nothing new to review; 1 pattern was turned down before.'
    ]);
    told.mockRestore();
  });

  it.each([false, true])(
    'put the accepted skill in the place of its tab, and lose no edits there: %s',
    async dirty => {
      const told = jest.spyOn(Notification, 'success').mockReturnValue('');
      const accept = jest.fn(() => Promise.resolve('c0ffee'));
      const closeFile = jest.fn(() => Promise.resolve());
      const openOrReveal = jest.fn();
      const tab = { id: 'tab-1', isVisible: true, context: { model: { dirty } } };
      const findWidget = jest.fn((path: string) =>
        path === 'user:a/curve.md' ? tab : undefined
      );
      const commands = commandsOver(
        { candidates: [WAITING], drafts: [], accept },
        documentsOf({ findWidget, closeFile, openOrReveal })
      );
      const done = commands.execute(CommandIDs.acceptCandidate, { id: 'curve' });
      await done.catch(() => undefined);
      const times = dirty ? 0 : 1;
      expect(accept).toHaveBeenCalledTimes(times);
      expect(closeFile).toHaveBeenCalledTimes(times);
      const place = { ref: 'tab-1', mode: 'tab-after', activate: true };
      expect(openOrReveal.mock.calls).toEqual(
        dirty ? [] : [['user:skills/curve.md', undefined, undefined, place]]
      );
      told.mockRestore();
    }
  );

  it.each([false, true])(
    'show an accepted update where its skill is open, and lose no edits there: %s',
    async dirty => {
      const told = jest.spyOn(Notification, 'success').mockReturnValue('');
      const accept = jest.fn(() => Promise.resolve('c0ffee'));
      const revert = jest.fn(() => Promise.resolve());
      const tab = { context: { model: { dirty }, revert } };
      const commands = commandsOver(
        { candidates: [WAITING], drafts: [], accept },
        documentsOf({
          findWidget: path => (path === 'user:skills/curve.md' ? tab : undefined)
        })
      );
      const done = commands.execute(CommandIDs.acceptCandidate, { id: 'curve' });
      await done.catch(() => undefined);
      expect(accept).toHaveBeenCalledTimes(dirty ? 0 : 1);
      expect(revert).toHaveBeenCalledTimes(dirty ? 0 : 1);
      told.mockRestore();
    }
  );

  it.each([
    ['typed into meanwhile', true, 'keeps what you have typed meanwhile'],
    ['not read anew', false, 'still shows the old text: No drive.']
  ])(
    'tell that the open skill was %s, and close the tab of what was accepted',
    async (_, edits, words) => {
      const success = jest.spyOn(Notification, 'success').mockReturnValue('');
      const warning = jest.spyOn(Notification, 'warning').mockReturnValue('');
      const error = jest.spyOn(Notification, 'error').mockReturnValue('');
      const model = { dirty: false };
      const revert = jest.fn(() => Promise.reject(new Error('No drive.')));
      const closeFile = jest.fn(() => Promise.resolve());
      const tabs: Readonly<Record<string, object>> = {
        'user:a/curve.md': { context: { model: { dirty: false } } },
        'user:skills/curve.md': { context: { model, revert } }
      };
      const findWidget = (path: string): object | undefined => tabs[path];
      const commands = commandsOver(
        {
          ...{ candidates: [WAITING], drafts: [] },
          accept: () => {
            model.dirty = edits;
            return Promise.resolve('c0ffee');
          }
        },
        documentsOf({ findWidget, closeFile, openOrReveal: jest.fn() })
      );
      const args = { id: 'curve' };
      expect(await commands.execute(CommandIDs.acceptCandidate, args)).toBe('c0ffee');
      expect(revert).toHaveBeenCalledTimes(edits ? 0 : 1);
      expect(closeFile).toHaveBeenCalledWith('user:a/curve.md');
      const [told] = (edits ? warning : error).mock.calls[0] ?? [];
      expect(told).toContain(words);
      expect(success).toHaveBeenCalledTimes(1);
      [success, warning, error].forEach(spy => spy.mockRestore());
    }
  );

  it.each([
    [undefined, 'user', '"curve" is in your volume, in commit c0ffee.'],
    ['sha256:aa', 'user', '"curve" is updated in your volume, in commit c0ffee.'],
    ['sha256:aa', 'team-optics', '"curve" is updated in team-optics, in commit c0ffee.']
  ])(
    'tell what was accepted: an update of %s in %s',
    async (updates, volume, words) => {
      const told = jest.spyOn(Notification, 'success').mockReturnValue('');
      const waiting = { ...WAITING, volume, review: { updates } } as IReviewed;
      const commands = commandsOver({
        ...{ candidates: [waiting], drafts: [] },
        accept: () => Promise.resolve('c0ffee')
      });
      await commands.execute(CommandIDs.acceptCandidate, { id: 'curve' });
      expect(told).toHaveBeenCalledWith(words, expect.anything());
      told.mockRestore();
    }
  );

  it('take a better description under the same name', async () => {
    const rename = jest.fn(() => Promise.resolve());
    const commands = commandsOver({ candidates: [WAITING], drafts: [], rename });
    const same = { id: 'curve', name: 'Curve' };
    await commands.execute(CommandIDs.renameCandidate, same);
    await commands.execute(CommandIDs.renameCandidate, {
      ...same,
      description: 'Old.'
    });
    expect(rename).not.toHaveBeenCalled();
    await commands.execute(CommandIDs.renameCandidate, {
      ...same,
      description: 'New.'
    });
    expect(rename).toHaveBeenCalledWith('user', 'curve', 'Curve', 'New.');
  });
});
