import { hostPlugin } from './plugin';
import { sandboxPlugin } from './sandboxPlugin';

export {
  IRuntimeHost,
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
export { stripTrust } from './trust';

export default [hostPlugin, sandboxPlugin];
