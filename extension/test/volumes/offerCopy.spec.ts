import '../page';

import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import { DocumentWidget } from '@jupyterlab/docregistry';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';

import { CommandIDs } from '../../src/commands';
import type { IVolumes } from '../../src/tokens';
import { addOfferCopy, offerCopy } from '../../src/volumes/offerCopy';

describe('saving what cannot be saved', () => {
  let ran: unknown[][];

  /** Saves a document by the keys of those that are read-only, and gives what is offered. */
  async function save(path: string, allowed = false): Promise<string[]> {
    const commands = new CommandRegistry();
    for (const id of [
      CommandIDs.keepShare,
      CommandIDs.copyToVolume,
      'docmanager:save'
    ]) {
      commands.addCommand(id, { execute: args => void ran.push([id, args['path']]) });
    }
    const currentWidget = Object.create(DocumentWidget.prototype, {
      context: { value: { path } }
    }) as object;
    const app = { commands, shell: { currentWidget } } as unknown as JupyterFrontEnd;
    const trans = nullTranslator.load('llmos');
    const verdict = { allowed, reason: 'It is shipped.' };
    const mounts = {
      get: (name: string) => (name === 'system' ? { can: () => verdict } : undefined)
    } as unknown as IVolumes;
    const offer = (refused: string, reason: string): void =>
      offerCopy(app, trans, reason, refused);
    addOfferCopy({ app, trans, mounts, offer });
    await commands.execute(CommandIDs.offerCopy);
    const [told] = Notification.manager.notifications;
    const [action] = told?.options.actions ?? [];
    action?.callback(new MouseEvent('click'));
    return told ? [told.message, action?.label ?? ''] : [];
  }

  beforeEach(() => {
    ran = [];
    Notification.manager.dismiss();
  });
  afterEach(() => Notification.manager.dismiss());

  it('offers to copy a skill of the library', async () => {
    const path = 'system:skills/plot-xy.md';
    expect(await save(path)).toEqual(['It is shipped.', 'Copy to my volume']);
    expect(ran).toEqual([[CommandIDs.copyToVolume, path]]);
  });

  it('offers to keep a shared notebook', async () => {
    const path = 'shared:1/energy.ipynb';
    const told = ['It was shared with you and is read-only.', 'Keep a copy'];
    expect(await save(path)).toEqual(told);
    expect(ran).toEqual([[CommandIDs.keepShare, path]]);
  });

  it('offers to keep a notebook of the history', async () => {
    const path = 'history:user/0a1b2c3/energy.ipynb';
    const told = ['It is as it was in a commit, and read-only.', 'Keep a copy'];
    expect(await save(path)).toEqual(told);
    expect(ran).toEqual([[CommandIDs.keepShare, path]]);
  });

  it('says of other files of a share or a commit only that they cannot be saved', async () => {
    const shared = ['It was shared with you and is read-only.', ''];
    expect(await save('shared:1/notes.md')).toEqual(shared);
    Notification.manager.dismiss();
    const old = ['It is as it was in a commit, and read-only.', ''];
    expect(await save('history:user/0a1b2c3/notes.md')).toEqual(old);
    expect(ran).toEqual([]);
  });

  it('saves what may be saved since', async () => {
    expect(await save('system:skills/plot-xy.md', true)).toEqual([]);
    expect(ran).toEqual([['docmanager:save', undefined]]);
  });
});
