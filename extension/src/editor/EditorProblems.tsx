import type { TranslationBundle } from '@jupyterlab/translation';
import type { IProblem } from '@llmos-lab/skills';
import * as React from 'react';

/** What is wrong with the text as it stands; lines are 1-based. */
export interface IEditorProblemsProps {
  readonly problems: readonly IProblem[];
  /** Goes to the line of a problem. */
  readonly show: (problem: IProblem) => void;
  readonly trans: TranslationBundle;
}

/** What is wrong with the text now; a click leads to the line. */
export function EditorProblems(props: IEditorProblemsProps): React.JSX.Element {
  const { problems, show, trans } = props;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return (
    <section className="llmos-EditorProblems" aria-label={trans.__('Problems')}>
      <p role="status" className={errors > 0 ? 'llmos-mod-error' : undefined}>
        {summary(problems.length, errors, trans)}
      </p>
      {problems.length > 0 && (
        <ul>
          {problems.map((problem, index) => (
            <li key={index}>
              <button
                type="button"
                className={`llmos-mod-${problem.severity}`}
                onClick={() => show(problem)}
              >
                <span>{trans.__('Line %1', problem.line)}</span>
                {problem.message}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function summary(all: number, errors: number, trans: TranslationBundle): string {
  if (all === 0) {
    return trans.__('✓ No problems: the skill can be used.');
  }
  return errors === 0
    ? trans._n(
        '%1 warning: the skill can be used.',
        '%1 warnings: the skill can be used.',
        all
      )
    : trans._n(
        '%1 problem keeps the skill out of the library.',
        '%1 problems keep the skill out of the library.',
        errors
      );
}
