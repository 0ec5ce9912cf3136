import type { TranslationBundle } from '@jupyterlab/translation';
import { HoverBox, ReactWidget, UseSignal } from '@jupyterlab/ui-components';
import type { ISkillEntry } from '@llmos-lab/kernel';
import * as React from 'react';

import { SkillOption } from '../skills/SkillOption';
import type { SlashMenuModel } from './slashModel';

/** Id of the list, to which the editor points. */
export const LIST_ID = 'llmos-SlashMenu-list';

/** Heights of the menu in pixels. */
const MAX_HEIGHT = 320;
const MIN_HEIGHT = 80;

/** Id of the element of a skill in the list. */
export function optionId(skill: string): string {
  return `llmos-slash-${skill}`;
}

/** The menu as a widget beside the cursor; the editor keeps the focus. */
export class SlashMenu extends ReactWidget {
  constructor(
    readonly model: SlashMenuModel,
    private readonly _trans: TranslationBundle,
    private readonly _actions: Pick<ISlashMenuViewProps, 'accept' | 'drawn'>
  ) {
    super();
    this.addClass('llmos-SlashMenu');
    // A press here must not take the focus from the editor.
    this.node.addEventListener('pointerdown', event => event.preventDefault());
    this.node.addEventListener('mousedown', event => event.preventDefault());
  }

  /** Puts the menu below a place of the window, or above when there is no room. */
  place(anchor: HoverBox.IAnchor): void {
    HoverBox.setGeometry({
      anchor,
      host: document.body,
      maxHeight: MAX_HEIGHT,
      minHeight: MIN_HEIGHT,
      node: this.node,
      privilege: 'below',
      offset: { vertical: { below: 4, above: 4 } }
    });
  }

  protected override render(): React.JSX.Element {
    const { model } = this;
    return (
      <UseSignal signal={model.changed}>
        {() => (
          <SlashMenuView
            found={model.found}
            marked={model.marked}
            mark={index => model.mark(index)}
            {...this._actions}
            trans={this._trans}
          />
        )}
      </UseSignal>
    );
  }
}

/** What matches the text behind `/`, and which of it Enter takes. */
export interface ISlashMenuViewProps {
  readonly found: readonly ISkillEntry[];
  readonly marked: number;
  readonly mark: (index: number) => void;
  /** Inserts the marked skill. */
  readonly accept: () => void;
  /** The list has been drawn and may have another size. */
  readonly drawn: () => void;
  readonly trans: TranslationBundle;
}

/** The skills that fit what is typed after the slash, and the keys. */
export function SlashMenuView(props: ISlashMenuViewProps): React.JSX.Element {
  const { found, marked, mark, accept, drawn, trans } = props;
  React.useLayoutEffect(drawn, [found, drawn]);
  return (
    <>
      <ul id={LIST_ID} role="listbox" aria-label={trans.__('Insert skill')}>
        {found.map((entry, at) => (
          <SkillOption
            key={entry.skill.id}
            id={optionId(entry.skill.id)}
            entry={entry}
            isMarked={at === marked}
            onClick={accept}
            {...(at !== marked && { onMouseMove: () => mark(at) })}
          />
        ))}
      </ul>
      <p
        className="llmos-SlashMenu-hint"
        role={found.length === 0 ? 'status' : undefined}
      >
        {found.length === 0
          ? trans.__('No skill matches. Esc closes this list.')
          : trans.__('Type to search · ↑↓ choose · Enter inserts · Esc keeps the text')}
      </p>
    </>
  );
}
