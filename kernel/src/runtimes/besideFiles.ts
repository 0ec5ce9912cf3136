/** Files beside a skill: where they stand, and which skills ask for them. */

import type { SkillType } from '@llmos-lab/skills';

/** Bytes of the files beside a skill, by their path in its folder. */
export type SkillFiles = Readonly<Record<string, Uint8Array>>;

/** What a skill without files beside it gets. */
export const NO_FILES: SkillFiles = Object.freeze({});

/** Most that all files beside one skill may hold, in bytes: they travel with each call. */
export const MAX_FILE_BYTES = 64 * 2 ** 20;

/** How code names the files, by the type of its skill. */
const ASKING: Partial<Record<SkillType, RegExp>> = {
  javascript: /\bfiles\b/,
  threejs: /\bfiles\b|\b\w*Loader\b/,
  ngspice: /^\s*\.(include|incl|inc|lib)\b/im
};

/**
 * Whether the code of a skill may read files beside it. Only then are they looked for,
 * and its results are not kept: the skill's version says nothing of its files.
 */
export function asksForFiles(type: SkillType, code: string): boolean {
  return ASKING[type]?.test(code) ?? false;
}

/** The folder of those files: `skills/x` of `skills/x.md`, that of a `SKILL.md` itself. */
export function folderBeside(path: string): string {
  return path.replace(/(?:\/?SKILL)?\.md$/, '');
}
