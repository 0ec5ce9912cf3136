import { hostPlugin } from './plugin';
import { sandboxPlugin } from './sandboxPlugin';

export {
  IRuntimeHost,
  type IExecutableEntry,
  type IRuntime,
  type IRuntimeCall,
  type IRuntimeResult,
  type ISkillEntry,
  type ISkillIndex
} from './tokens';
export { stripTrust } from './trust';

export default [hostPlugin, sandboxPlugin];
