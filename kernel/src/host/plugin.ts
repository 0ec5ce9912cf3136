import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { RuntimeHost } from './host';
import { SkillIndex } from './skillIndex';
import { IRuntimeHost } from './tokens';

/** Name of the channel by which tabs of one site hear of each other's changes. */
export const SKILL_CHANNEL = '@llmos-lab/kernel:skills';

/** Provides the skill index and the registry of runtimes, in any JupyterLab. */
export const hostPlugin: JupyterFrontEndPlugin<IRuntimeHost> = {
  id: '@llmos-lab/kernel:host',
  description: 'Provides the skill index and the runtimes that skills run in.',
  autoStart: true,
  provides: IRuntimeHost,
  activate: (app: JupyterFrontEnd): IRuntimeHost =>
    new RuntimeHost(
      new SkillIndex({
        contents: app.serviceManager.contents,
        start: app.started,
        channel: new BroadcastChannel(SKILL_CHANNEL)
      })
    )
};
