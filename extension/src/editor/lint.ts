import { forceLinting, linter, lintGutter, type Diagnostic } from '@codemirror/lint';
import type { Extension, Text } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { IProblem } from '@llmos-lab/skills';

/** Milliseconds after the last key before the text is checked. */
const DELAY = 250;

/** Live problems of a skill's text in its editor. */
export interface ISkillLint {
  readonly extension: Extension;
  /** Problems that come from elsewhere, such as a failed run, until the text changes. */
  setOthers(problems: readonly IProblem[], view: EditorView): void;
}

/**
 * Marks the lines of a skill file that have a problem. `read` takes the text in once a
 * person stops typing, and gives its problems.
 */
export function createSkillLint(
  read: (text: string) => readonly IProblem[]
): ISkillLint {
  let others: readonly IProblem[] = [];
  return {
    extension: [
      linter(
        ({ state }) =>
          [...read(state.doc.toString()), ...others].map(problem =>
            toDiagnostic(problem, state.doc)
          ),
        { delay: DELAY }
      ),
      lintGutter()
    ],
    setOthers: (problems, view) => {
      others = problems;
      forceLinting(view);
    }
  };
}

/** A problem on the words of its line. */
function toDiagnostic({ line, severity, message }: IProblem, doc: Text): Diagnostic {
  const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
  const indent = /^\s*/.exec(at.text)?.[0].length ?? 0;
  return {
    from: Math.min(at.from + indent, at.to),
    to: at.to,
    severity,
    message,
    source: 'LLMos Lab'
  };
}
