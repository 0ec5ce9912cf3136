import { assistantOver, notebookOf, scripted, trackerOf } from './fixture';

import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';

import type { AssistantFrame } from '../../src/assistant/AssistantFrame';
import { addAssistantCommands } from '../../src/assistant/commands';
import { AssistantSettings, SETTINGS_ID } from '../../src/assistant/settings';
import { CommandIDs } from '../../src/commands';
import { registryOver } from '../storage/registryOver';

/** The command over JupyterLab's settings, and an assistant that reads them. */
async function make(kept = new Map<string, string>()) {
  const settings = new AssistantSettings(registryOver(kept));
  await settings.ready;
  const commands = new CommandRegistry();
  const { tracker } = trackerOf(notebookOf('a.ipynb', 'x = 1').panel);
  addAssistantCommands({
    ...{ app: { commands } as unknown as JupyterFrontEnd, notebooks: tracker },
    ...{ settings, frame: {} as AssistantFrame },
    trans: nullTranslator.load('llmos')
  });
  const { provider, requests } = scripted();
  const model = assistantOver(tracker, provider, {
    ...{ settings, pinned: () => settings.values.pinned }
  });
  const pin = (id?: string): Promise<unknown> =>
    commands.execute(CommandIDs.pinSkill, id === undefined ? {} : { id });
  const label = (id: string): string => commands.label(CommandIDs.pinSkill, { id });
  /** What is sent with a question that no skill fits. */
  const sent = async (): Promise<string> => {
    await model.ask('Good morning');
    return JSON.stringify(requests.at(-1)?.messages.at(-1));
  };
  return { commands, kept, label, pin, sent, settings };
}

describe('a skill that is pinned', () => {
  it('goes into every question until it is taken out', async () => {
    const { label, pin, sent } = await make();
    const text = 'quantum-vqe';
    expect(await sent()).not.toContain(text);
    expect(label('quantum-vqe')).toBe('Pin to the assistant');
    await pin('quantum-vqe');
    expect(label('quantum-vqe')).toBe('Unpin from the assistant');
    expect(label('quantum-hamiltonian')).toBe('Pin to the assistant');
    expect(await sent()).toContain(text);
    await pin('quantum-vqe');
    expect(await sent()).not.toContain(text);
  });

  it('is in the question that is asked in the same moment', async () => {
    const { pin, sent } = await make();
    void pin('quantum-vqe');
    expect(await sent()).toContain('quantum-vqe');
  });

  it('stays with others that are pinned at once, and after a reload', async () => {
    const { kept, pin, settings } = await make();
    await settings.set({ model: 'mine' });
    await Promise.all([pin('quantum-vqe'), pin('quantum-hamiltonian')]);
    expect(settings.values.pinned).toEqual(['quantum-vqe', 'quantum-hamiltonian']);
    expect(JSON.parse(kept.get(SETTINGS_ID) ?? '')).toEqual({
      ...{ model: 'mine', pinned: ['quantum-vqe', 'quantum-hamiltonian'] }
    });
    const later = await make(kept);
    expect(later.label('quantum-vqe')).toBe('Unpin from the assistant');
    expect(await later.sent()).toContain('quantum-vqe');
  });

  it('is told where it could not be kept, and changes nothing', async () => {
    const { pin, settings } = await make();
    jest.spyOn(settings, 'set').mockRejectedValueOnce(new Error('The disk is full.'));
    const told = jest.spyOn(Notification, 'error').mockReturnValue('');
    await pin('quantum-vqe');
    expect(told.mock.calls.map(([text]) => text)).toEqual([
      'Pin to the assistant: The disk is full.'
    ]);
    expect(settings.values.pinned).toEqual([]);
    await pin('quantum-vqe');
    expect(settings.values.pinned).toEqual(['quantum-vqe']);
  });

  it('is named by the command’s argument; without one nothing is pinned', async () => {
    const { commands, pin, settings } = await make();
    await pin();
    expect(settings.values.pinned).toEqual([]);
    const { args } = await commands.describedBy(CommandIDs.pinSkill, {});
    expect(args).toMatchObject({ required: ['id'] });
  });
});
