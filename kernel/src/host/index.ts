import { hostPlugin } from './plugin';
import { sandboxPlugin } from './sandboxPlugin';

export { assetUrl, isOwnSite } from './assets';
export type {
  FromPython,
  IPythonPack,
  IPythonPort,
  ISkillRequest,
  IStageAnswer,
  IStageRequest,
  SkillAnswer,
  ToPython
} from './answers/messages';
export {
  IRuntimeHost,
  type IAnswers,
  type IAnswersOptions,
  type ICacheUsage,
  type ICallRecord,
  type IExecutableEntry,
  type IKernelMemory,
  type IKeyMarks,
  type IPacked,
  type IPoolWorker,
  type IPoolWorkerState,
  type IReplayedCall,
  type IReplayRequest,
  type IResultCache,
  type IRuntime,
  type IRuntimeCall,
  type IRuntimeLimits,
  type IRuntimeResult,
  type ISkillEntry,
  type ISkillFailure,
  type ISkillIndex,
  type IStagedCall,
  type IStuckKernel,
  type IUnkept,
  type IWorkerPool
} from './tokens';
export {
  serveKernel,
  type IServedKernel,
  type IServeOptions,
  type ServiceState
} from './ordinary/servedKernel';
export { stripTrust } from './trust';

export default [hostPlugin, sandboxPlugin];
