/** ngspice's engine within a built site. */
export const NGSPICE_FILE = 'llmos/sandbox/eecircuit-engine.mjs';
