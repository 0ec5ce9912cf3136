import '../browser';

import { Notification } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';

import { showProgress, type IWatch } from '../../src/archive/longWork';

const trans = nullTranslator.load('llmos');

/** What is in sight: message, kind, and whether it goes by itself. */
const shown = (): unknown[] =>
  Notification.manager.notifications.map(({ message, type, options }) => [
    ...[message, type, options.autoClose !== false],
    options.actions?.map(({ label }) => label)
  ]);

/** Toasts in sight, drawn as JupyterLab does: updates late, and also of closed ones. */
const toasts = new Set<string>();

function drawToasts(
  _: unknown,
  { type, notification: { id } }: Notification.IChange
): void {
  const after = (delays: readonly number[], draw: () => void): void => {
    const [first, ...others] = delays;
    if (first === undefined) {
      draw();
    } else {
      setTimeout(() => after(others, draw), first);
    }
  };
  if (type === 'removed') {
    after([0], () => toasts.delete(id));
  } else {
    after(type === 'updated' ? [0, 0, 100] : [0], () => toasts.add(id));
  }
}

beforeEach(() => {
  jest.useFakeTimers();
  Notification.manager.changed.connect(drawToasts);
});

afterEach(async () => {
  await jest.runAllTimersAsync();
  Notification.manager.changed.disconnect(drawToasts);
  expect(Notification.manager.count).toBe(0);
  expect([...toasts]).toEqual([]);
  jest.useRealTimers();
});

describe('showProgress', () => {
  it('leaves no toast where the last step is drawn after the work has ended', async () => {
    let late: IWatch['progress'] | undefined;
    await showProgress('Packing…', trans, ({ progress }) => {
      late = progress;
      jest.advanceTimersByTime(500);
      expect(toasts.size).toBe(1);
      progress(1);
      return Promise.resolve();
    });
    late?.(2);
    expect(shown()).toEqual([['Packing… 100 %', 'in-progress', false, ['Stop']]]);
  });

  it('says how far the work is and offers to stop it, and goes with its end', async () => {
    const seen: unknown[] = [];
    const result = await showProgress('Packing…', trans, ({ progress }) => {
      seen.push(...shown());
      progress(0.01);
      progress(0.4);
      seen.push(...shown());
      return Promise.resolve('zip');
    });
    expect(result).toBe('zip');
    expect(seen).toEqual([
      ['Packing…', 'in-progress', false, ['Stop']],
      ['Packing… 40 %', 'in-progress', false, ['Stop']]
    ]);
  });

  it('gives null for work that was stopped', async () => {
    const work = ({ signal }: IWatch): Promise<string> => {
      const [{ options }] = Notification.manager.notifications as [
        (typeof Notification.manager.notifications)[number]
      ];
      const click = new MouseEvent('click', { cancelable: true });
      options.actions?.[0]?.callback(click);
      expect(click.defaultPrevented).toBe(true);
      signal.throwIfAborted();
      return Promise.resolve('zip');
    };
    expect(await showProgress('Packing…', trans, work)).toBeNull();
  });

  it('leaves it to its caller why work failed', async () => {
    const work = (): Promise<never> => Promise.reject(new Error('no room'));
    await expect(showProgress('Packing…', trans, work)).rejects.toThrow('no room');
  });
});
