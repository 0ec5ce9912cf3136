import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { volumeName } from '../../skills/skillText';
import type { ICellChange } from '../tools/changeView';
import type { IOpenApproval } from './approvals';
import { DiffLines } from './DiffLines';
import { toolTitle } from './ToolStep';

/** Asks for the person's word, with everything that would change or run. */
export function ApprovalCard(props: {
  readonly approval: IOpenApproval;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { approval, trans } = props;
  const { tool, changes, text, shadows, answer } = approval;
  const card = React.useRef<HTMLDivElement>(null);
  // It waits for a decision: whoever types elsewhere is not interrupted.
  React.useEffect(() => {
    // Browsers of today give a promise back, which React would take for a clean-up.
    void card.current?.scrollIntoView({ block: 'nearest' });
  }, [approval]);
  const choices = [
    ['once', trans.__('Allow'), 'jp-mod-accept'],
    ['session', trans.__('Allow in this session'), ''],
    ['no', trans.__('Refuse'), ''],
    ['never', trans.__('Never in this session'), '']
  ] as const;
  return (
    <div
      ref={card}
      className="llmos-Approval"
      role="alertdialog"
      aria-label={trans.__('The assistant asks: %1', toolTitle(tool, trans))}
    >
      <strong>{trans.__('May I? %1', toolTitle(tool, trans))}</strong>
      {shadows && (
        <p className="llmos-Approval-shadows" role="alert">
          {trans.__(
            'It takes the place of the skill “%1” (%2): in every notebook, %3 then calls the new one.',
            shadows.name,
            volumeName(shadows.volume, trans),
            shadows.id
          )}
        </p>
      )}
      <div className="llmos-Approval-what">
        {changes.map(change => (
          <CellChange key={change.id} change={change} trans={trans} />
        ))}
        {text !== '' && <pre tabIndex={0}>{text}</pre>}
      </div>
      <div className="llmos-Approval-buttons">
        {choices.map(([choice, label, extra]) => (
          <button
            key={choice}
            type="button"
            className={`jp-mod-styled ${extra}`}
            onClick={() => answer(choice)}
          >
            {label}
          </button>
        ))}
      </div>
    </div>
  );
}

function CellChange(props: {
  readonly change: ICellChange;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { change, trans } = props;
  const titles = {
    added: trans.__('New cell'),
    changed: trans.__('Changed cell'),
    removed: trans.__('Removed cell'),
    moved: trans.__('Moved cell')
  };
  return (
    <figure className="llmos-Approval-cell">
      <figcaption>{titles[change.kind]}</figcaption>
      <DiffLines lines={change.lines} />
    </figure>
  );
}
