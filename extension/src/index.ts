import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

import { guidePlugin } from './guide/plugin';
import { libraryPlugin, skillsPlugin } from './skills/plugin';
import { volumesPlugin } from './volumes/plugin';

export { ISkillLibrary } from './tokens';

const plugins: JupyterFrontEndPlugin<unknown>[] = [
  volumesPlugin,
  libraryPlugin,
  skillsPlugin,
  guidePlugin
];

export default plugins;
