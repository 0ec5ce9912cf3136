import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';

/** Shows what became of a text in an element; the result takes it out again. */
export function showTextDiff(
  host: HTMLElement,
  { before, after }: { readonly before: string; readonly after: string }
): () => void {
  const view = new EditorView({
    parent: host,
    state: EditorState.create({
      doc: after,
      extensions: [
        lineNumbers(),
        EditorView.lineWrapping,
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        EditorView.contentAttributes.of({ tabindex: '0' }),
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
