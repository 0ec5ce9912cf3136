import type { TranslationBundle } from '@jupyterlab/translation';
import type { ISkillEntry } from '@llmos-lab/kernel';
import * as React from 'react';

import { categoryLook } from './category';

/** What can be done with two files of one skill. */
export interface IShadowActions {
  readonly openFile: (path: string) => void;
  /** Shows how the file that is used differs from the hidden one. */
  readonly compare: (used: string, hidden: string) => void;
}

interface IShadowsProps {
  readonly entry: ISkillEntry;
  readonly actions: IShadowActions;
  readonly trans: TranslationBundle;
}

/** The files of the same id that a skill is used instead of. */
export function Shadows(props: IShadowsProps): React.JSX.Element | null {
  const { entry, actions, trans } = props;
  if (entry.shadows.length === 0) {
    return null;
  }
  return (
    <ul className="llmos-Shadows">
      {entry.shadows.map(path => (
        <li key={path}>
          <span>{trans.__('Shadows %1', path)}</span>
          <Buttons
            {...{ actions, trans }}
            open={path}
            used={entry.path}
            hidden={path}
          />
        </li>
      ))}
    </ul>
  );
}

/** A skill that a nearer volume hides: there to be seen and compared, not to be used. */
export function HiddenCard(props: {
  readonly entry: ISkillEntry;
  /** The one that is used. */
  readonly by: ISkillEntry;
  readonly actions: IShadowActions;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { entry, by, actions, trans } = props;
  const { icon } = categoryLook(entry.skill.category);
  return (
    <li className="llmos-SkillCard llmos-mod-hidden" data-hidden={entry.path}>
      <div className="llmos-SkillCard-head" title={entry.skill.description}>
        <icon.react tag="span" className="llmos-SkillCard-icon" />
        <span className="llmos-SkillCard-name">{entry.skill.name}</span>
      </div>
      <ul className="llmos-Shadows">
        <li>
          <span>{trans.__('Shadowed by %1', by.path)}</span>
          <Buttons
            {...{ actions, trans }}
            open={by.path}
            used={by.path}
            hidden={entry.path}
          />
        </li>
      </ul>
    </li>
  );
}

function Buttons(props: {
  readonly actions: IShadowActions;
  readonly trans: TranslationBundle;
  /** The other file. */
  readonly open: string;
  readonly used: string;
  readonly hidden: string;
}): React.JSX.Element {
  const { actions, trans, open, used, hidden } = props;
  return (
    <>
      <button
        type="button"
        aria-label={trans.__('Open %1', open)}
        onClick={() => actions.openFile(open)}
      >
        {trans.__('Open')}
      </button>
      <button
        type="button"
        aria-label={trans.__('Compare %1 with %2', used, hidden)}
        onClick={() => actions.compare(used, hidden)}
      >
        {trans.__('Compare')}
      </button>
    </>
  );
}
