import type { TranslationBundle } from '@jupyterlab/translation';
import {
  addIcon,
  fileUploadIcon,
  linkIcon,
  type LabIcon
} from '@jupyterlab/ui-components';
import * as React from 'react';

/** What the panel's two buttons do. */
export interface IPanelButtonsProps {
  readonly actions: {
    readonly createSkill: () => void;
    readonly chooseImport: () => void;
    readonly importFromGit: () => void;
  };
  readonly trans: TranslationBundle;
}

/** What the panel's heading offers: a new skill, and skills from elsewhere. */
export function PanelButtons(props: IPanelButtonsProps): React.JSX.Element {
  const { actions, trans } = props;
  return (
    <div className="llmos-SkillPanel-buttons">
      <Button
        icon={addIcon}
        label={trans.__('New skill')}
        onClick={actions.createSkill}
      />
      <Button
        icon={fileUploadIcon}
        label={trans.__('Import skills (zip, folder or Markdown)')}
        onClick={actions.chooseImport}
      />
      <Button
        icon={linkIcon}
        label={trans.__('Import skills from Git…')}
        onClick={actions.importFromGit}
      />
    </div>
  );
}

function Button(props: {
  readonly icon: LabIcon;
  readonly label: string;
  readonly onClick: () => void;
}): React.JSX.Element {
  const { icon, label, onClick } = props;
  return (
    <button type="button" title={label} aria-label={label} onClick={onClick}>
      <icon.react tag="span" />
    </button>
  );
}
