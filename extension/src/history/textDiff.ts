import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';

/** Two versions of a text. */
export interface ITextDiff {
  readonly before: string;
  readonly after: string;
  /** Name of the text for those who do not see it. */
  readonly label: string;
  /** Without numbers of lines, where the text needs their room. */
  readonly isNarrow?: boolean;
}

/** Shows what became of a text in an element; the result takes it out again. */
export function showTextDiff(
  host: HTMLElement,
  { before, after, label, isNarrow = false }: ITextDiff
): () => void {
  const view = new EditorView({
    parent: host,
    state: EditorState.create({
      doc: after,
      extensions: [
        isNarrow ? [] : lineNumbers(),
        EditorView.lineWrapping,
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': label }),
        unifiedMergeView({
          original: before,
          mergeControls: false,
          collapseUnchanged: { margin: 3, minSize: 6 }
        })
      ]
    })
  });
  return () => view.destroy();
}
