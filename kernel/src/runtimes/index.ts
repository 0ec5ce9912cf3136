export { asksForFiles, folderBeside, type SkillFiles } from './besideFiles';
export { prepareDeck, type IDeck } from './deck';
export {
  SkillFailure,
  failure,
  failureOf,
  type FailureCode,
  type IFailure
} from './failure';
export { fillTemplate, type INetlistLine, type SkillCode } from './netlist';
export { includeFiles, type ReadFile } from './netlistFiles';
export { runNgspice, type INgspiceOptions } from './ngspice';
export { NgspiceEngine, type IDeckResult, type ISimulation } from './ngspiceEngine';
export {
  isComplexArray,
  type IComplexArray,
  type ISpiceResult,
  type SpiceVector
} from './ngspiceResult';
export type { IOutcome } from './outcome';
export { formatSpiceValue, parseSpiceValue } from './spiceValue';
export { runJavaScript, type IRunOptions } from './javascript';
export { runThreejs } from './threejs';
export { fromPlain, toPlain, type ThreeModule } from './threeValues';
export { surveyOutputs, MAX_OUTPUT_BYTES } from './data';
