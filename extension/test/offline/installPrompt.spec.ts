import '../browser';

import type { JupyterFrontEnd } from '@jupyterlab/application';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';

import { CommandIDs } from '../../src/commands';
import { addOfflineCommands } from '../../src/offline/commands';
import { InstallPrompt } from '../../src/offline/installPrompt';
import { OfflineSite } from '../../src/offline/offlineSite';

/** The browser's offer to install the site; a person answers it with no. */
class Offer extends Event {
  constructor() {
    super('beforeinstallprompt', { cancelable: true });
  }

  readonly prompt = jest.fn(() => Promise.resolve({ outcome: 'dismissed' }));
}

function open(): { install: InstallPrompt; commands: CommandRegistry } {
  const commands = new CommandRegistry();
  const install = new InstallPrompt(window);
  const workers = Object.assign(new EventTarget(), { startMessages: () => undefined });
  addOfflineCommands({
    app: { commands } as JupyterFrontEnd,
    documents: { contextForWidget: () => undefined },
    site: new OfflineSite(workers as unknown as ServiceWorkerContainer),
    install,
    trans: nullTranslator.load('llmos'),
    reload: () => undefined
  });
  return { install, commands };
}

describe('InstallPrompt', () => {
  it('holds the offer of the browser back until the command asks, once', async () => {
    const { install, commands } = open();
    const id = CommandIDs.installApp;
    expect([commands.isVisible(id), commands.isEnabled(id)]).toEqual([false, false]);
    const changed = jest.fn();
    commands.commandChanged.connect((_, args) => {
      if (args.id === id) {
        changed();
      }
    });
    const offer = new Offer();
    window.dispatchEvent(offer);
    expect(offer.defaultPrevented).toBe(true);
    expect(offer.prompt).not.toHaveBeenCalled();
    expect(changed).toHaveBeenCalledTimes(1);
    expect([commands.isVisible(id), commands.isEnabled(id)]).toEqual([true, true]);
    await commands.execute(id);
    expect(offer.prompt).toHaveBeenCalledTimes(1);
    expect(commands.isEnabled(id)).toBe(false);
    install.dispose();
  });

  it('offers nothing once the site was installed, and after its end', () => {
    const { install, commands } = open();
    window.dispatchEvent(new Offer());
    window.dispatchEvent(new Event('appinstalled'));
    expect(commands.isVisible(CommandIDs.installApp)).toBe(false);
    install.dispose();
    const late = new Offer();
    window.dispatchEvent(late);
    expect(late.defaultPrevented).toBe(false);
    expect(install.isReady).toBe(false);
  });
});
