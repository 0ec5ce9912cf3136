import { Notification } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import {
  ABCWidgetFactory,
  DocumentWidget,
  type DocumentRegistry
} from '@jupyterlab/docregistry';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IWorkflowProblem } from '@llmos-lab/skills';

import { workflowIcon } from '../../icons';
import { reasonOf } from '../../reasonOf';
import { STAYS } from '../../stays';
import type { ISkillLibrary } from '../../tokens';
import { openAsNotebook, readWorkflow } from './openWorkflow';
import { WorkflowPage } from './WorkflowPage';

/** Name of the factory and of the file type. */
export const WORKFLOW_FACTORY = 'Workflow';

/** The file type of `*.workflow.json`, by which JupyterLab picks the page. */
export const WORKFLOW_FILE_TYPE = 'llmos-workflow';

/** What opening a workflow file needs. */
export interface IWorkflowServices {
  readonly documents: IDocumentManager;
  readonly library: ISkillLibrary;
  readonly trans: TranslationBundle;
}

/**
 * Opens workflow files: as a notebook, which takes the page's place, or as a page that
 * lists what is wrong in the file.
 */
export class WorkflowFactory extends ABCWidgetFactory<
  DocumentWidget<WorkflowPage>,
  DocumentRegistry.ICodeModel
> {
  constructor(private readonly _services: IWorkflowServices) {
    super({
      name: WORKFLOW_FACTORY,
      label: _services.trans.__('Workflow'),
      modelName: 'text',
      fileTypes: [WORKFLOW_FILE_TYPE],
      defaultFor: [WORKFLOW_FILE_TYPE],
      readOnly: true
    });
  }

  protected createNewWidget(
    context: DocumentRegistry.IContext<DocumentRegistry.ICodeModel>
  ): DocumentWidget<WorkflowPage> {
    const { documents, trans } = this._services;
    const edit = (): void => {
      documents.openOrReveal(context.path, 'Editor');
    };
    const content = new WorkflowPage(trans, edit);
    const widget = new DocumentWidget({ content, context });
    widget.title.icon = workflowIcon;
    void this._open(widget);
    return widget;
  }

  private async _open(widget: DocumentWidget<WorkflowPage>): Promise<void> {
    const { documents, library, trans } = this._services;
    const { context, content } = widget;
    try {
      await context.ready;
      const text = (context.model as DocumentRegistry.ICodeModel).toString();
      const { workflow, problems } = await readWorkflow(library, text);
      if (widget.isDisposed) {
        return;
      }
      if (!workflow) {
        content.showProblems(problems);
        return;
      }
      const opened = await openAsNotebook(documents, library, context.path, workflow);
      if (!opened.isNew) {
        const name = PathExt.basename(opened.path);
        Notification.info(
          trans.__('%1 beside the file is this workflow, so it was opened.', name),
          { autoClose: STAYS.note }
        );
      }
      showRemarks(problems, trans);
      widget.dispose();
    } catch (error) {
      const reason = reasonOf(error);
      Notification.error(trans.__('The workflow could not be opened: %1', reason), {
        autoClose: STAYS.error
      });
      widget.dispose();
    }
  }
}

/** How many remarks a notification lists. */
const SHOWN = 4;

/** Remarks on a workflow that was opened all the same: missing skills, for example. */
function showRemarks(
  problems: readonly IWorkflowProblem[],
  trans: TranslationBundle
): void {
  if (problems.length === 0) {
    return;
  }
  const shown = problems.slice(0, SHOWN).map(({ message }) => message);
  const rest = problems.length - shown.length;
  const more = rest > 0 ? [trans._n('And one more.', 'And %1 more.', rest)] : [];
  Notification.warning([...shown, ...more].join(' '), { autoClose: STAYS.warning });
}
