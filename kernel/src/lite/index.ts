import { kernelPlugin } from './kernelPlugin';
import { defaultDrive, kernelClient, sessionManager } from './services';

export default [kernelPlugin, defaultDrive, kernelClient, sessionManager];
