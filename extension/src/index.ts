import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

import { assistantPlugin } from './assistant/plugin';
import { authorPlugin } from './author/plugin';
import { cachePlugin } from './cache/plugin';
import { editorPlugin } from './editor/plugin';
import { evolutionPlugin } from './evolution/plugin';
import { formPlugin } from './form/plugin';
import { graphEditPlugin } from './graph/edit/plugin';
import { workflowFilesPlugin } from './graph/files/plugin';
import { graphPlugin, notebookGraphsPlugin } from './graph/plugin';
import { runsPlugin, runViewsPlugin } from './graph/run/plugin';
import { sweepPlugin } from './graph/sweep/plugin';
import { guidePlugin } from './guide/plugin';
import { insertPlugin } from './insert/plugin';
import { limitsPlugin } from './limits/plugin';
import { memoryPlugin } from './memory/plugin';
import { mimePlugin } from './mime/plugin';
import {
  cellExecutorPlugin,
  currentNotebookPlugin,
  formulasPlugin,
  notebookPlugin,
  renamedPlugin
} from './notebook/plugin';
import { narrowPlugin } from './narrow/plugin';
import { noticesPlugin } from './notices/plugin';
import { offlinePlugin } from './offline/plugin';
import { openerPlugin } from './opener/plugin';
import { ordinaryPlugin } from './ordinary/plugin';
import { profilePlugin } from './profile/plugin';
import { promotePlugin } from './promote/plugin';
import { gitServersPlugin } from './remotes/git/plugin';
import { githubConnectPlugin } from './remotes/github/connect/plugin';
import { githubPlugin, remotesPlugin } from './remotes/plugin';
import { transfersPlugin } from './remotes/transfer/plugin';
import { secretsPlugin } from './secrets/plugin';
import { sessionPlugin } from './session/plugin';
import { sessionPanelPlugin, sessionsPlugin } from './session/sessionsPlugin';
import { libraryPlugin, skillsPlugin } from './skills/plugin';
import { settingsPlugins } from './settings/plugin';
import { stopPlugin } from './stop/plugin';
import { storagePlugin } from './storage/plugin';
import { volumeBrowserPlugin } from './volumes/browserPlugin';
import { pathStatusPlugin } from './volumes/pathStatus';
import { volumesPlugin } from './volumes/plugin';

export { IAssistant, type Completion, type IChatProvider } from './assistant/tokens';
export {
  IEvolution,
  type IDraft,
  type IJobState,
  type IReviewed,
  type IRunOfVolume
} from './evolution/tokens';
export {
  INotebookRuns,
  type ICellState,
  type INotebookRun,
  type IRunPlan,
  type IRunProgress,
  type IWorkBeside
} from './graph/run/tokens';
export {
  ISweeps,
  type ISweepRequest,
  type ISweepState,
  type SweepOutcome
} from './graph/sweep/tokens';
export { IGraphPictures, INotebookGraphs, type INotebookGraph } from './graph/tokens';
export type { IRemote, IRemoteStatus } from './remotes/remote';
export { IGithub, IRemotes, ITransfers } from './remotes/tokens';
export { ISecretStore, type SecretState } from './secrets/tokens';
export {
  IProfile,
  ISessions,
  ISkillLibrary,
  IVolumes,
  type ISessionPlace,
  type IVolume
} from './tokens';

const plugins: JupyterFrontEndPlugin<unknown>[] = [
  profilePlugin,
  volumesPlugin,
  volumeBrowserPlugin,
  pathStatusPlugin,
  storagePlugin,
  secretsPlugin,
  githubPlugin,
  remotesPlugin,
  gitServersPlugin,
  githubConnectPlugin,
  transfersPlugin,
  promotePlugin,
  libraryPlugin,
  skillsPlugin,
  authorPlugin,
  editorPlugin,
  insertPlugin,
  formPlugin,
  runsPlugin,
  runViewsPlugin,
  sweepPlugin,
  mimePlugin,
  limitsPlugin,
  noticesPlugin,
  memoryPlugin,
  cachePlugin,
  cellExecutorPlugin,
  notebookPlugin,
  renamedPlugin,
  currentNotebookPlugin,
  formulasPlugin,
  openerPlugin,
  ...settingsPlugins,
  ordinaryPlugin,
  stopPlugin,
  notebookGraphsPlugin,
  graphEditPlugin,
  workflowFilesPlugin,
  sessionPlugin,
  sessionsPlugin,
  sessionPanelPlugin,
  graphPlugin,
  assistantPlugin,
  evolutionPlugin,
  offlinePlugin,
  guidePlugin,
  narrowPlugin
];

export default plugins;
