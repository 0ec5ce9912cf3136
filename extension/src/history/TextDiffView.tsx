import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

/** Two versions of a text in one view; unchanged parts are folded. */
export function TextDiffView(props: {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** Without numbers of lines, where the text needs their room. */
  readonly isNarrow?: boolean;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { path, before, after, isNarrow = false, trans } = props;
  const host = React.useRef<HTMLDivElement>(null);
  const label = trans.__('Changes in %1', path);
  const [problem, setProblem] = React.useState<string | null>(null);
  React.useEffect(() => {
    let remove: (() => void) | undefined;
    let isGone = false;
    // The merge view is loaded with the first text diff.
    import('./textDiff')
      .then(({ showTextDiff }) => {
        if (host.current && !isGone) {
          remove = showTextDiff(host.current, { before, after, label, isNarrow });
        }
      })
      .catch((error: unknown) => setProblem(String(error)));
    return () => {
      isGone = true;
      remove?.();
    };
  }, [before, after, label, isNarrow]);
  return (
    <div className="llmos-TextDiff" ref={host} role="group" aria-label={label}>
      {problem !== null && <p role="alert">{problem}</p>}
    </div>
  );
}
