import type { TranslationBundle } from '@jupyterlab/translation';
import { errorIcon } from '@jupyterlab/ui-components';
import type { IProblem } from '@llmos-lab/skills';
import * as React from 'react';

/** Problems of skill files, and how to open a file at its line. */
export interface IProblemListProps {
  readonly problems: readonly IProblem[];
  readonly trans: TranslationBundle;
  /** Opens the file at the line. */
  readonly open: (problem: IProblem) => void;
}

/** Files of the library that have something wrong: which, where, and what to write. */
export function ProblemList(props: IProblemListProps): React.JSX.Element | null {
  const { problems, trans } = props;
  if (problems.length === 0) {
    return null;
  }
  const isBad = problems.some(({ severity }) => severity === 'error');
  return (
    <details
      className={`llmos-ProblemList llmos-mod-${isBad ? 'error' : 'warning'}`}
      open={isBad}
    >
      <summary>
        <errorIcon.react tag="span" className="llmos-ProblemList-icon" />
        {isBad
          ? trans._n('%1 problem', '%1 problems', problems.length)
          : trans._n('%1 warning', '%1 warnings', problems.length)}
      </summary>
      <ul>
        {problems.map(problem => (
          <Problem
            key={`${problem.file}:${problem.line}:${problem.code}:${problem.message}`}
            problem={problem}
            {...props}
          />
        ))}
      </ul>
    </details>
  );
}

function Problem(
  props: IProblemListProps & { readonly problem: IProblem }
): React.JSX.Element {
  const { problem, trans, open } = props;
  return (
    <li className={`llmos-Problem llmos-mod-${problem.severity}`}>
      <div className="llmos-Problem-head">
        <span className="llmos-Problem-file" title={problem.file}>
          {problem.file}
        </span>
        <span className="llmos-Problem-line">{trans.__('line %1', problem.line)}</span>
        <button
          type="button"
          aria-label={trans.__('Open %1 at line %2', problem.file, problem.line)}
          onClick={() => open(problem)}
        >
          {trans.__('Open')}
        </button>
      </div>
      <p>
        <strong>
          {problem.severity === 'error' ? trans.__('Not loaded') : trans.__('Warning')}
        </strong>
        {': '}
        {problem.message}
      </p>
    </li>
  );
}
