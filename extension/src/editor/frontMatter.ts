import { RangeSetBuilder, type EditorState, type Extension } from '@codemirror/state';
import {
  Decoration,
  ViewPlugin,
  type DecorationSet,
  type EditorView,
  type ViewUpdate
} from '@codemirror/view';

/** Lines after which a file that never closes its front matter is not read further. */
const MOST_LINES = 500;

const LINE = Decoration.line({ class: 'llmos-FrontMatter' });
const KEY = Decoration.mark({ class: 'llmos-FrontMatter-key' });
const COMMENT = Decoration.mark({ class: 'llmos-FrontMatter-comment' });

/** A key at the beginning of a line or of an inline map, such as `name:` or `{ name:`. */
const KEYS = /(?:^\s*(?:- )?\{?|[{,])\s*([A-Za-z_][\w-]*)(?=:(?:\s|$))/g;

/**
 * Shows the front matter of a skill file as what it is. Editors read the file as Markdown,
 * in which a list `[a, b]` looks like a link and the lines above `---` like a heading.
 */
export function showFrontMatter(): Extension {
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;

      constructor(view: EditorView) {
        this.decorations = decorate(view.state);
      }

      update(update: ViewUpdate): void {
        if (update.docChanged) {
          this.decorations = decorate(update.state);
        }
      }
    },
    { decorations: plugin => plugin.decorations }
  );
}

/** Marks of the front matter; none where a file does not begin with one. */
export function decorate({ doc }: Pick<EditorState, 'doc'>): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const isFence = (at: number): boolean => doc.line(at).text.trimEnd() === '---';
  if (!isFence(1)) {
    return Decoration.none;
  }
  const last = Math.min(doc.lines, MOST_LINES);
  for (let at = 1; at <= last; at++) {
    const { from, text: line } = doc.line(at);
    // What stands in quotes is neither key nor comment.
    const text = line.replace(/'[^']*'|"[^"]*"/g, quoted => '_'.repeat(quoted.length));
    builder.add(from, from, LINE);
    const comment = /(?:^|\s)#.*$/.exec(text);
    for (const match of text.matchAll(KEYS)) {
      const key = match[1] ?? '';
      const start = match.index + match[0].length - key.length;
      if (start < (comment?.index ?? Infinity)) {
        builder.add(from + start, from + start + key.length, KEY);
      }
    }
    if (comment) {
      builder.add(from + comment.index, from + text.length, COMMENT);
    }
    if (at > 1 && isFence(at)) {
      break;
    }
  }
  return builder.finish();
}
