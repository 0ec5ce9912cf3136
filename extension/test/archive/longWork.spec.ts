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

afterEach(() => Notification.dismiss());

describe('showProgress', () => {
  it('says how far the work is, offers to stop it, and says that it is done', async () => {
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
    expect(shown()).toEqual([['Packing… done', 'success', true, []]]);
  });

  it('gives null for work that was stopped', async () => {
    const work = ({ signal }: IWatch): Promise<string> => {
      const [{ options }] = Notification.manager.notifications as [
        (typeof Notification.manager.notifications)[number]
      ];
      options.actions?.[0]?.callback(new MouseEvent('click'));
      signal.throwIfAborted();
      return Promise.resolve('zip');
    };
    expect(await showProgress('Packing…', trans, work)).toBeNull();
    expect(shown()).toEqual([['Packing… stopped', 'info', true, []]]);
  });

  it('leaves it to its caller why work failed', async () => {
    const work = (): Promise<never> => Promise.reject(new Error('no room'));
    await expect(showProgress('Packing…', trans, work)).rejects.toThrow('no room');
    expect(shown()).toEqual([['Packing… failed', 'error', true, []]]);
  });
});
