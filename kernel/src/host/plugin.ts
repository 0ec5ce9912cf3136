import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILoggerRegistry } from '@jupyterlab/logconsole';
import { ResultCache, ResultStore } from './cache';
import { RuntimeHost } from './host';
import { SkillIndex } from './skillIndex';
import { IRuntimeHost } from './tokens';

/** Name of the channel by which tabs of one site hear of each other's changes. */
const SKILL_CHANNEL = '@llmos-lab/kernel:skills';

/** Name of the channel by which tabs hear of each other's results. */
export const RESULT_CHANNEL = '@llmos-lab/kernel:results';

/** Provides the skill index, runtimes, worker pool and result cache, in any JupyterLab. */
export const hostPlugin: JupyterFrontEndPlugin<IRuntimeHost> = {
  id: '@llmos-lab/kernel:host',
  description:
    'Provides the skill index, the runtimes that skills run in, their workers and results.',
  autoStart: true,
  provides: IRuntimeHost,
  optional: [ILoggerRegistry],
  activate: (app: JupyterFrontEnd, loggers: ILoggerRegistry | null): IRuntimeHost => {
    const skills = new SkillIndex({
      contents: app.serviceManager.contents,
      start: app.started,
      channel: new BroadcastChannel(SKILL_CHANNEL)
    });
    const cache = new ResultCache({
      store: new ResultStore(),
      channel: new BroadcastChannel(RESULT_CHANNEL),
      now: () => Date.now(),
      log: data => {
        for (const { path } of app.serviceManager.sessions.running()) {
          loggers?.getLogger(path).log({ type: 'text', level: 'warning', data });
        }
      }
    });
    return new RuntimeHost(skills, cache, navigator.hardwareConcurrency);
  }
};
