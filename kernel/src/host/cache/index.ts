export { packAnswer, unpackAnswer } from './answer';
export { pack, sizeOf, sizeOfData, unpack } from './pack';
export { DEFAULT_LIMIT, ResultCache } from './resultCache';
export { ResultStore } from './resultStore';
