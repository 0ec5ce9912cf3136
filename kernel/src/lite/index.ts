import { kernelPlugin } from './kernelPlugin';
import { defaultDrive, kernelClient, sessionManager, settingManager } from './services';

export default [
  kernelPlugin,
  defaultDrive,
  kernelClient,
  sessionManager,
  settingManager
];
