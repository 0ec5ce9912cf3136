/**
 * What the network worker takes from the core: its own modules, not the package, which the
 * labextensions share through the page.
 */
/* eslint-disable no-restricted-imports -- a worker cannot reach the shared package */
export {
  MODEL_PATIENCE,
  problemOf,
  retryAfterOf,
  retryIn,
  type IModelPatience
} from '@llmos-lab/skills/lib/assistant/modelFailure';
export { isSafeAddress } from '@llmos-lab/skills/lib/safeAddress';
export { keyBegun, withoutKey } from '@llmos-lab/skills/lib/withoutKey';
