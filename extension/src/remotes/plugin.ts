import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { IVolumes } from '../tokens';
import { Github } from './github/github';
import { Remotes } from './remotes';
import { IGithub, IRemotes } from './tokens';

/** Volumes on GitHub, through the one worker that speaks to foreign hosts. */
export const githubPlugin: JupyterFrontEndPlugin<IGithub> = {
  id: '@llmos-lab/extension:github',
  description: 'Signs in to GitHub, and pushes and pulls volumes.',
  provides: IGithub,
  requires: [IVolumes],
  optional: [ITranslator],
  activate: (
    _app: JupyterFrontEnd,
    volumes: IVolumes,
    translator: ITranslator | null
  ): IGithub => {
    const trans = (translator ?? nullTranslator).load('llmos');
    const startNet = async () => (await import('../net/startNet')).startNet(trans);
    return new Github(volumes, startNet, trans);
  }
};

/** Which server each volume is connected to. */
export const remotesPlugin: JupyterFrontEndPlugin<IRemotes> = {
  id: '@llmos-lab/extension:remotes',
  description: 'Remembers which server each volume is pushed to and pulled from.',
  provides: IRemotes,
  activate: (): IRemotes => new Remotes()
};
