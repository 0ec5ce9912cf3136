export { findFences, type IFence } from './skill/code';
export { targetName, toCell, type CellArgument } from './skill/cell';
export { formatSkill, type ISkillEdits } from './skill/format';
export { layerSkills } from './skill/layers';
export type {
  ILayeredFile,
  ILayeredLibrary,
  ILayeredSkill,
  IVolumeSkills
} from './skill/layers';
export { checkSkills } from './skill/library';
export type { ICheckedSkills, ISkillFile } from './skill/library';
export { checkSkill, idFromPath, isSkillId, parseSkill } from './skill/parse';
export type { IParsedSkill } from './skill/parse';
export { isPythonName } from './skill/ports';
export { PROBLEM_CODES, type ProblemCode } from './skill/problems';
export { formatPython, readPython } from './skill/python';
export { createSkillSearch, searchSkills } from './skill/search';
export type { ISkillMatch, ISkillSearch } from './skill/search';
export {
  EXECUTION_MODES,
  PORT_TYPES,
  SKILL_TYPES,
  type ExecutionMode,
  type IContextSkill,
  type IExecutableSkill,
  type IPort,
  type IProblem,
  type ISkill,
  type ISkillBase,
  type JsonValue,
  type PortType,
  type SkillType
} from './skill/skill';
export { closest } from './skill/suggest';
export {
  checkInput,
  checkInputs,
  fitsType,
  sameJson,
  typeOfValue,
  withDefaults,
  type IInputProblem
} from './skill/values';
export {
  ANALYSES,
  CIRCUIT_MIME,
  PACKED_TYPES,
  QUANTUM_MIME,
  SCENE_MIME,
  decodeBase64,
  encodeBase64,
  isPackedArray,
  packArray,
  packComplex,
  packJson,
  unpackArray,
  unpackJson,
  type Analysis,
  type ICircuitBundle,
  type IPackedArray,
  type ISceneBundle,
  type ISceneView,
  type NumberArray,
  type PackedJson,
  type PackedType
} from './mime';
