import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ISkillEntry } from '@llmos-lab/kernel';
import * as React from 'react';

import { DialogBody } from '../dialogBody';
import type { ISkillLibrary } from '../tokens';
import { SkillOption } from './SkillOption';

/** Most skills that the picker lists at a time. */
const LIMIT = 50;

/**
 * Asks which skill to insert, in a dialog with a search field.
 *
 * @returns the id, or undefined when the person cancels.
 */
export async function pickSkill(
  library: ISkillLibrary,
  trans: TranslationBundle
): Promise<string | undefined> {
  const dialog = new Dialog<string | undefined>({
    title: trans.__('Insert skill'),
    body: new PickerBody(library, trans, () => dialog.resolve()),
    focusNodeSelector: 'input',
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: trans.__('Insert') })]
  });
  dialog.addClass('llmos-SkillPicker-dialog');
  const { button, value } = await dialog.launch();
  return button.accept ? (value ?? undefined) : undefined;
}

class PickerBody extends DialogBody implements Dialog.IBodyWidget<string | undefined> {
  constructor(
    private readonly _library: ISkillLibrary,
    private readonly _trans: TranslationBundle,
    private readonly _accept: () => void
  ) {
    super();
    this.addClass('llmos-SkillPicker');
  }

  getValue(): string | undefined {
    return this._chosen;
  }

  protected override render(): React.JSX.Element {
    return (
      <SkillPickerView
        search={query =>
          this._library
            .search(query)
            .filter(({ skill }) => skill.kind === 'executable')
            .slice(0, LIMIT)
        }
        choose={id => {
          this._chosen = id;
        }}
        accept={this._accept}
        trans={this._trans}
      />
    );
  }

  private _chosen: string | undefined;
}

/** The dialog that searches skills: what matches, and which of it is chosen. */
export interface ISkillPickerViewProps {
  readonly search: (query: string) => readonly ISkillEntry[];
  /** Called with the marked skill, or undefined when none matches. */
  readonly choose: (id: string | undefined) => void;
  readonly accept: () => void;
  readonly trans: TranslationBundle;
}

/** A search field over a list; arrows mark, Enter (the dialog's) accepts. */
export function SkillPickerView(props: ISkillPickerViewProps): React.JSX.Element {
  const { search, choose, accept, trans } = props;
  const [query, setQuery] = React.useState('');
  const [marked, setMarked] = React.useState(0);
  const found = search(query);
  const index = Math.min(marked, found.length - 1);
  const chosen = found[index]?.skill.id;
  React.useEffect(() => choose(chosen), [chosen, choose]);
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setMarked(Math.max(0, Math.min(index + step, found.length - 1)));
    }
  };
  return (
    <div onKeyDown={onKeyDown}>
      <input
        type="search"
        className="jp-mod-styled"
        role="combobox"
        aria-expanded="true"
        aria-controls="llmos-SkillPicker-list"
        aria-activedescendant={chosen && `llmos-pick-${chosen}`}
        aria-label={trans.__('Search skills')}
        placeholder={trans.__('Search skills')}
        value={query}
        onChange={event => {
          setQuery(event.target.value);
          setMarked(0);
        }}
      />
      <ul id="llmos-SkillPicker-list" role="listbox" aria-label={trans.__('Skills')}>
        {found.map((entry, at) => (
          <SkillOption
            key={entry.skill.id}
            id={`llmos-pick-${entry.skill.id}`}
            entry={entry}
            isMarked={at === index}
            onClick={() => setMarked(at)}
            onDoubleClick={accept}
          />
        ))}
      </ul>
      {found.length === 0 && (
        <p role="status">
          {trans.__('No skill matches. Try another word, or the name of a category.')}
        </p>
      )}
    </div>
  );
}
