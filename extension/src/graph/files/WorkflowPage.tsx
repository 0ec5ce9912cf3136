import { ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IWorkflowProblem } from '@llmos-lab/skills';
import * as React from 'react';

/** A workflow file opened as such: what it holds, its problems, what can be done. */
export interface IWorkflowPageProps {
  /** Null while the file is read. */
  readonly problems: readonly IWorkflowProblem[] | null;
  readonly trans: TranslationBundle;
  /** Opens the file as text. */
  readonly edit: () => void;
}

/** Why a workflow file cannot be opened: place, what was expected, what was found. */
export function WorkflowPageView(props: IWorkflowPageProps): React.JSX.Element {
  const { problems, trans, edit } = props;
  if (!problems) {
    return <p role="status">{trans.__('Reading the workflow…')}</p>;
  }
  return (
    <>
      <h2>{trans.__('This workflow cannot be opened')}</h2>
      <p>
        {trans._n(
          'One thing is wrong in the file. Correct it, save, and open it again.',
          '%1 things are wrong in the file. Correct them, save, and open it again.',
          problems.length
        )}
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">{trans.__('Place')}</th>
            <th scope="col">{trans.__('Expected')}</th>
            <th scope="col">{trans.__('Found')}</th>
          </tr>
        </thead>
        <tbody>
          {problems.map(({ place, expected, found, severity }) => (
            <tr key={`${place} ${expected} ${found}`} data-severity={severity}>
              <td>
                <code>{place}</code>
              </td>
              <td>{expected}</td>
              <td>{found}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <button className="jp-mod-styled jp-mod-accept" type="button" onClick={edit}>
        {trans.__('Edit the file')}
      </button>
    </>
  );
}

/** The page that a workflow file opens as until it is a notebook. */
export class WorkflowPage extends ReactWidget {
  constructor(
    private readonly _trans: TranslationBundle,
    private readonly _edit: () => void
  ) {
    super();
    this.addClass('llmos-WorkflowPage');
    this.addClass('jp-RenderedHTMLCommon');
  }

  /** Shows what is wrong in the file. */
  showProblems(problems: readonly IWorkflowProblem[]): void {
    this._problems = problems;
    this.update();
  }

  protected render(): React.JSX.Element {
    return (
      <WorkflowPageView
        problems={this._problems}
        trans={this._trans}
        edit={this._edit}
      />
    );
  }

  private _problems: readonly IWorkflowProblem[] | null = null;
}
