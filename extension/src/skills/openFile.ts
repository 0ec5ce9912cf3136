import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { TranslationBundle } from '@jupyterlab/translation';

import { isSkillFile, SKILL_EDITOR } from '../editor/skillFile';

/** Text editor of JupyterLab's file editor factory. */
const EDITOR = 'Editor';

/** The part of the file editor's content that moving to a line needs. */
interface IEditorContent {
  readonly editor: {
    setCursorPosition(position: { line: number; column: number }): void;
    revealPosition(position: { line: number; column: number }): void;
    focus(): void;
  };
}

/** What opening a file works with. */
export interface IOpenContext {
  readonly documents: IDocumentManager;
  readonly trans: TranslationBundle;
}

/**
 * Opens a file in the text editor with the cursor in a line (1-based).
 *
 * @throws Error when no editor for the file is installed.
 */
export async function openFileAt(
  { documents, trans }: IOpenContext,
  path: string,
  line = 1
): Promise<void> {
  const widget = documents.openOrReveal(
    path,
    isSkillFile(path) ? SKILL_EDITOR : EDITOR
  );
  if (!widget) {
    throw new Error(trans.__('"%1" cannot be opened in the text editor.', path));
  }
  await widget.context.ready;
  await widget.revealed;
  const content: object = widget.content;
  if (hasEditor(content)) {
    const { editor } = content;
    const position = { line: Math.max(line - 1, 0), column: 0 };
    editor.setCursorPosition(position);
    editor.revealPosition(position);
    editor.focus();
  }
}

function hasEditor(content: object): content is IEditorContent {
  return 'editor' in content;
}
