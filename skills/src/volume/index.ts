export { canAccess } from './access';
export type { Actor, Refusal, Verdict, VolumeAction, VolumeOwner } from './access';
export {
  decodeCommit,
  decodeTree,
  encodeTree,
  nameObject,
  toHex,
  withHeader
} from './gitObject';
export type {
  GitObjectType,
  Hash,
  IGitObject,
  IGitTreeItem,
  INamedObject
} from './gitObject';
export { createMemoryDatabase, type IMemoryDatabase } from './memoryDatabase';
export { openObjectStore } from './objectStore';
export type { IObjectBatch, IObjectDatabase, IObjectStoreOptions } from './objectStore';
export { mergeBase, planMerge, resolveMerge } from './merge';
export type {
  Ancestor,
  IMergeConflict,
  IMergePlan,
  MergeChoice,
  MergeStore
} from './merge';
export { uniteLines } from './mergeLines';
export { checkPath, pathProblem } from './path';
export {
  NO_PROFILE,
  profileActor,
  profileAuthor,
  profileProblems,
  readProfile,
  teamOf,
  teamVolume,
  volumeOwner,
  type IProfileFields,
  type IProfileProblem
} from './profile';
export { VolumeError } from './store';
export type {
  IAuthor,
  IFileChange,
  ILogEntry,
  ILogRange,
  IPathDiff,
  ITreeEntry,
  IVolumeStore,
  VolumeErrorCode
} from './store';
