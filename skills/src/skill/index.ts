export {
  checkIncoming,
  findSkills,
  IMPORT_LIMITS,
  IncomingError,
  packFolder,
  type IIncomingEntry,
  type IIncomingFile,
  type IIncomingSkill
} from './agentFolder';
export {
  fromAgentSkill,
  toAgentSkill,
  type IAgentSkill,
  type IVolumeSkill
} from './agentSkill';
export { findFences, type IFence } from './code';
export { targetName, toCell, type CellArgument } from './cell';
export { draftCode, formatDraft, replacementCell } from './draft/draftText';
export type { IDraftAbout } from './draft/draftText';
export { readFacts, type INameFacts } from './draft/facts';
export { fromCell, namesToAsk } from './draft/fromCell';
export type {
  ICellDraft,
  ICellOptions,
  IDraftInput,
  IDraftNote
} from './draft/fromCell';
export { readSkillMagic } from './draft/body';
export type { IDraftOutput } from './draft/outputs';
export { skillChangeMessage } from './changeMessage';
export { connects, connectsInList } from './connect';
export { formatSkill, type ISkillEdits } from './format';
export { layerSkills } from './layers';
export type {
  ILayeredFile,
  ILayeredLibrary,
  ILayeredSkill,
  IVolumeSkills
} from './layers';
export { checkParsed, checkSkills, parseSkillFile } from './library';
export type { ICheckedSkills, IParsedFile, ISkillFile } from './library';
export { checkSkill, idFromPath, isSkillId, parseSkill, toSkillId } from './parse';
export type { IParsedSkill } from './parse';
export { readImport } from './importSkills';
export type { IImport, IImportedSkill, IUnzip } from './importSkills';
export { zipReader, type UnzipSync } from './zipImport';
export { newSkillText, type NewSkillKind } from './template';
export { formatPromotion, parsePromotion } from './promotion';
export type { IPromotion } from './promotion';
export { isPythonName } from './ports';
export { skillPath, skillPlace, type ISkillPlace } from './place';
export { limitsText } from './limits';
export { PROBLEM_CODES, type ProblemCode } from './problems';
export { formatArgument, formatPython, readPython } from './python';
export {
  pythonIndex,
  toPythonEntry,
  type ICallableEntry,
  type IPythonEntry
} from './pythonEntry';
export { librarySearch, prepareSearch, searchSkills } from './librarySearch';
export { createSkillSearch } from './search';
export type { ISkillMatch, ISkillSearch } from './search';
export {
  EXECUTION_MODES,
  PORT_TYPES,
  SKILL_TYPES,
  isPythonSkill,
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
} from './skill';
export { closest, listOf } from './suggest';
export {
  checkInput,
  checkInputs,
  fitsType,
  sameJson,
  typeOfValue,
  withDefaults,
  type IInputProblem
} from './values';
