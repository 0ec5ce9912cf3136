/** The skill model: what a skill file says, as plain data. */

/** Port types (requirements R1.2). */
export const PORT_TYPES = [
  'number',
  'integer',
  'string',
  'boolean',
  'object',
  'array',
  'array<number>',
  'image',
  'geometry',
  'material',
  'mesh',
  'scene',
  'circuit',
  'table',
  'any'
] as const;

/** The type that connections and calls are checked against. */
export type PortType = (typeof PORT_TYPES)[number];

/** Runtimes that a skill may name in `type`; `spice` is read as `ngspice`. */
export const SKILL_TYPES = [
  'python-wasm',
  'qiskit',
  'javascript',
  'threejs',
  'ngspice'
] as const;

/**
 * The runtime that a skill asks for; each has an entry in `kernel/src/runtimes` or in
 * Python.
 */
export type SkillType = (typeof SKILL_TYPES)[number];

/** Whether the code of skills of this type is Python: those of other types call no skill. */
export function isPythonSkill(type: string): boolean {
  return type === 'python-wasm' || type === 'qiskit';
}

/** Where a skill may run: anywhere, or only natively under `python -m llmos`. */
export const EXECUTION_MODES = ['browser-wasm', 'server-python'] as const;

/** `server-python` skills tell so when they are called in a browser (R1.1). */
export type ExecutionMode = (typeof EXECUTION_MODES)[number];

/** A JSON value, as defaults and enums are written in front matter. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** One typed input or output. */
export interface IPort {
  readonly name: string;
  readonly type: PortType;
  readonly description?: string;
  /** A unit for people, such as `Ha` or `Ω`; never converted. */
  readonly unit?: string;
  /** Inputs only, all below. */
  readonly default?: JsonValue;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly JsonValue[];
  /** True when a call must give it: `required: true`, and no default. */
  readonly required?: boolean;
}

/** What every skill has. */
export interface ISkillBase {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly keywords: readonly string[];
  readonly aliases: readonly string[];
  /** The Markdown below the front matter, code block included. */
  readonly body: string;
  /** Agent Skills key `license`, as written. */
  readonly license?: string;
  /** Agent Skills key `allowed-tools`, split at spaces. */
  readonly allowedTools?: readonly string[];
}

/** A skill that guides the assistant. */
export interface IContextSkill extends ISkillBase {
  readonly kind: 'context';
}

/** A skill that computes. */
export interface IExecutableSkill extends ISkillBase {
  readonly kind: 'executable';
  readonly type: SkillType;
  readonly mode: ExecutionMode;
  /** False when the same inputs may give other outputs; such calls are never cached. */
  readonly pure: boolean;
  readonly inputs: readonly IPort[];
  readonly outputs: readonly IPort[];
  /** The first fenced block in the runtime's language. */
  readonly code: string;
  /** 1-based line of the file on which `code` begins, for tracebacks. */
  readonly codeLine: number;
  /** For example `minimise eigenvalue`: which values evolution prefers. */
  readonly objective?: string;
}

/** A skill of either kind; `kind` tells which. */
export type ISkill = IContextSkill | IExecutableSkill;

/** Something wrong in a file: where, what was found, and what to write instead. */
export interface IProblem {
  /** Stable id for tests and help, such as `unknown-type`. */
  readonly code: string;
  /** `error`: the skill does not load. `warning`: it loads, with this in mind. */
  readonly severity: 'error' | 'warning';
  /** What was found, and what to write instead, as sentences for people. */
  readonly message: string;
  /** The second half of `message` alone: what to write instead. */
  readonly hint?: string;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}
