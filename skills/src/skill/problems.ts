import type { IProblem } from './skill';

/**
 * Every mistake that a skill file can contain, with its severity. An `error` keeps the
 * skill out of the library; a `warning` lets it load.
 */
export const PROBLEM_CODES = {
  'file-too-large': 'error',
  'empty-file': 'error',
  'not-text': 'error',
  'missing-front-matter': 'error',
  'unclosed-front-matter': 'error',
  'front-matter-language': 'error',
  'malformed-yaml': 'error',
  'tab-indent': 'error',
  'duplicate-key': 'error',
  'not-a-mapping': 'error',
  'non-text-key': 'error',
  'forbidden-key': 'error',
  'unknown-tag': 'error',
  'unknown-anchor': 'error',
  'too-many-aliases': 'error',
  'too-deep': 'error',
  'not-json': 'error',
  'wrong-kind': 'error',
  'missing-name': 'error',
  'missing-description': 'error',
  'invalid-id': 'error',
  'invalid-alias': 'error',
  'name-not-folder': 'warning',
  'unknown-type': 'error',
  'missing-type': 'warning',
  'conflicting-keys': 'error',
  'unknown-execution-mode': 'error',
  'mode-not-for-type': 'error',
  'unknown-objective': 'error',
  'ports-not-list': 'error',
  'port-not-mapping': 'error',
  'port-without-name': 'error',
  'invalid-port-name': 'error',
  'duplicate-port': 'error',
  'port-without-type': 'error',
  'unknown-port-type': 'error',
  'unknown-port-key': 'warning',
  'range-not-number': 'error',
  'range-on-other-type': 'error',
  'minimum-above-maximum': 'error',
  'invalid-enum': 'error',
  'default-wrong-type': 'error',
  'default-out-of-range': 'error',
  'default-not-in-enum': 'error',
  'required-with-default': 'warning',
  'missing-code': 'error',
  'wrong-code-language': 'error',
  'empty-code': 'error',
  'unclosed-fence': 'error',
  'missing-execute': 'error',
  'execute-without-inputs': 'error',
  'malformed-code': 'warning',
  'duplicate-id': 'error',
  'alias-taken': 'warning'
} as const satisfies Record<string, IProblem['severity']>;

/** Stable: help pages, fixtures and other tools refer to it. */
export type ProblemCode = keyof typeof PROBLEM_CODES;

/** Collects the problems of one file while it is read. */
export interface IReport {
  readonly file: string;
  readonly problems: readonly IProblem[];
  /** `found` and `hint` are whole sentences; `line` is 1-based. */
  add(code: ProblemCode, line: number, found: string, hint: string): void;
}

/** A report for one file, empty at first. */
export function createReport(file: string): IReport {
  const problems: IProblem[] = [];
  return {
    file,
    problems,
    add: (code, line, found, hint) => {
      const severity = PROBLEM_CODES[code];
      problems.push({ code, severity, message: `${found} ${hint}`, hint, file, line });
    }
  };
}

/** Problems in the order of their lines; equal lines keep the order of finding. */
export function sortProblems(problems: readonly IProblem[]): readonly IProblem[] {
  return [...problems].sort((a, b) => a.line - b.line);
}
