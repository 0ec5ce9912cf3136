export * from './assistant';
export * from './evolution';
export * from './history';
export * from './session';
export * from './skill';
export * from './volume';
export * from './workflow';
export {
  ANALYSES,
  CHART_MIME,
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
export { canonicalJson, isRecord } from './json';
export { endLine } from './endLine';
export { isSafeAddress } from './safeAddress';
export { withoutLogin } from './withoutLogin';
export { reasonOf } from './reasonOf';
export { withoutKey } from './withoutKey';
export { ENGLISH, type IWording } from './wording';
