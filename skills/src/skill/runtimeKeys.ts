import { kindOf, readText } from './fields';
import type { ILocated } from './frontMatter';
import type { IReport } from './problems';
import {
  EXECUTION_MODES,
  SKILL_TYPES,
  isPythonSkill,
  type ExecutionMode,
  type IPort,
  type SkillType
} from './skill';
import { closest, listOf } from './suggest';

type Entries = ReadonlyMap<string, ILocated>;

/** Other words that files use for a runtime. */
const TYPE_ALIASES: ReadonlyMap<string, SkillType | 'context'> = new Map<
  string,
  SkillType | 'context'
>([
  ['spice', 'ngspice'],
  ['python', 'python-wasm'],
  ['js', 'javascript'],
  ['three', 'threejs'],
  ['three.js', 'threejs'],
  ['context', 'context']
]);

/** The runtime that a word of the front matter names. */
export function toType(word: string): SkillType | 'context' | undefined {
  return SKILL_TYPES.find(type => type === word) ?? TYPE_ALIASES.get(word);
}

/** The runtime named by `type`, or by the older key `language`; none means context. */
export function readType(
  entries: Entries,
  report: IReport
): SkillType | 'context' | 'unknown' {
  const found: { key: string; type: SkillType | 'context' }[] = [];
  for (const key of ['type', 'language']) {
    const field = entries.get(key);
    if (!field || field.value === null || field.value === '') {
      continue;
    }
    const word =
      typeof field.value === 'string' ? field.value.trim() : kindOf(field.value);
    const type = toType(word);
    if (type === undefined) {
      const near = toType(word.toLowerCase()) ?? closest(word, SKILL_TYPES);
      report.add(
        'unknown-type',
        field.line,
        `The ${key} "${word}" is not known.`,
        near === undefined || near === 'context'
          ? `Write one of ${listOf(SKILL_TYPES)}, or no type for a context skill.`
          : `Write "type: ${near}".`
      );
      return 'unknown';
    }
    found.push({ key, type });
  }
  const [first, second] = found;
  if (
    first &&
    second &&
    first.type !== second.type &&
    !refines(first.type, second.type)
  ) {
    report.add(
      'conflicting-keys',
      entries.get('language')?.line ?? 1,
      `"type" says ${first.type} and "language" says ${second.type}.`,
      'Keep "type" and remove "language".'
    );
  }
  if (!first && (entries.has('inputs') || entries.has('outputs'))) {
    report.add(
      'missing-type',
      entries.get('inputs')?.line ?? entries.get('outputs')?.line ?? 1,
      'The skill has inputs or outputs but no type, so it is read as a context skill.',
      `Write "type:" with one of ${listOf(SKILL_TYPES)}.`
    );
  }
  return first?.type ?? 'context';
}

/** `type: qiskit` with `language: python` is no contradiction, nor Three.js with JavaScript. */
function refines(
  type: SkillType | 'context',
  language: SkillType | 'context'
): boolean {
  return (
    (type === 'qiskit' && language === 'python-wasm') ||
    (type === 'threejs' && language === 'javascript')
  );
}

/** Where the skill runs; only Python skills can run on a server. */
export function readMode(
  entries: Entries,
  type: SkillType,
  report: IReport
): ExecutionMode {
  const word = readText(entries, 'execution_mode', report);
  const line = entries.get('execution_mode')?.line ?? 1;
  const mode = EXECUTION_MODES.find(known => known === (word ?? 'browser-wasm'));
  if (mode === undefined) {
    const near = closest(word ?? '', EXECUTION_MODES);
    report.add(
      'unknown-execution-mode',
      line,
      `The execution mode "${word}" is not known.`,
      `Write "execution_mode: ${near ?? 'browser-wasm'}" (or ${EXECUTION_MODES.filter(other => other !== (near ?? 'browser-wasm')).join(', ')}).`
    );
    return 'browser-wasm';
  }
  if (mode === 'server-python' && !isPythonSkill(type)) {
    report.add(
      'mode-not-for-type',
      line,
      `"server-python" does not go with the type ${type}.`,
      'Write "execution_mode: browser-wasm", or make the type python-wasm or qiskit.'
    );
  }
  return mode;
}

const OBJECTIVE = /^(?:minimi[sz]e|maximi[sz]e)\s+(\S+)$/;

/** Which output evolution should make small or large. */
export function readObjective(
  entries: Entries,
  outputs: readonly IPort[],
  report: IReport
): string | undefined {
  const text = readText(entries, 'objective', report);
  if (text === undefined) {
    return undefined;
  }
  const output = OBJECTIVE.exec(text)?.[1];
  if (output === undefined || !outputs.some(port => port.name === output)) {
    report.add(
      'unknown-objective',
      entries.get('objective')?.line ?? 1,
      output === undefined
        ? `The objective "${text}" does not say what to do.`
        : `The objective names "${output}", which is no output.`,
      `Write "minimise" or "maximise" and one of the outputs${outputs.length > 0 ? `: ${listOf(outputs.map(port => port.name))}` : ''}.`
    );
  }
  return text;
}
