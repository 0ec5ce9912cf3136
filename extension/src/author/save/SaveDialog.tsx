import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { UseSignal } from '@jupyterlab/ui-components';
import type { IDraftAbout, IDraftNote } from '@llmos-lab/skills';
import * as React from 'react';

import { bodyOf } from '../../dialogBody';
import { InputTable, OutputTable } from './PortTables';
import type { SaveModel } from './saveModel';

/** Lets a person look over and change the skill; true when they want it saved. */
export async function confirmSave(
  model: SaveModel,
  trans: TranslationBundle,
  isTaken: (id: string) => string | undefined
): Promise<boolean> {
  const dialog = new Dialog({
    title: trans.__('Save cell as skill'),
    body: bodyOf(
      <UseSignal signal={model.changed}>
        {() => <SaveView model={model} trans={trans} isTaken={isTaken} />}
      </UseSignal>
    ),
    focusNodeSelector: 'input',
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: trans.__('Save') })]
  });
  dialog.addClass('llmos-SaveDialog');
  const { button } = await dialog.launch();
  return button.accept;
}

/** The form of a cell that becomes a skill, with the ports that were guessed for it. */
export interface ISaveViewProps {
  readonly model: SaveModel;
  readonly trans: TranslationBundle;
  /** What a skill of that id would replace or hide, in words; undefined for none. */
  readonly isTaken: (id: string) => string | undefined;
}

/** What it is called, what goes in and out, and the file that comes of it. */
export function SaveView(props: ISaveViewProps): React.JSX.Element {
  const { model, trans, isTaken } = props;
  const { state, notes } = model;
  const root = React.useRef<HTMLDivElement>(null);
  const faults = notes.filter(note => note.severity === 'error');
  const errors = state.problems.filter(({ severity }) => severity === 'error');
  const isBad = faults.length + errors.length > 0;
  // The dialog looks at its fields at each input event, and not when React is done.
  React.useEffect(() => {
    root.current?.dispatchEvent(new Event('input', { bubbles: true }));
  }, [isBad]);
  const taken = isTaken(state.about.id.trim());
  return (
    <div className="llmos-SaveDialog-view" ref={root}>
      <AboutFields {...props} />
      {[...notes].map(note => (
        <p
          key={note.code + note.about}
          className={`llmos-SaveDialog-note llmos-mod-${note.severity}`}
        >
          {noteText(note, trans)}
        </p>
      ))}
      {taken !== undefined && (
        <p className="llmos-SaveDialog-note llmos-mod-warning">{taken}</p>
      )}
      <InputTable model={model} trans={trans} />
      <OutputTable model={model} trans={trans} />
      <label className="llmos-SaveDialog-check">
        <input
          type="checkbox"
          checked={state.replace}
          onChange={event => model.setReplace(event.target.checked)}
        />
        {trans.__('Replace the cell by a call of the skill (undo takes it back)')}
      </label>
      {errors.length > 0 && (
        <ul className="llmos-SaveDialog-problems jp-mod-error" role="alert">
          {errors.map(({ line, code, message }) => (
            <li key={`${line} ${code}`}>{trans.__('Line %1: %2', line, message)}</li>
          ))}
        </ul>
      )}
      {faults.length > 0 && <span className="jp-mod-error" hidden />}
      <h3>{trans.__('File')}</h3>
      <pre className="llmos-SaveDialog-file" tabIndex={0}>
        {state.text}
      </pre>
    </div>
  );
}

function AboutFields({ model, trans }: ISaveViewProps): React.JSX.Element {
  const { about } = model.state;
  const field = (key: keyof IDraftAbout, label: string): React.JSX.Element => (
    <label>
      <span>{label}</span>
      <input
        type="text"
        className="jp-mod-styled"
        name={key}
        required
        pattern={key === 'id' ? '[a-z0-9][a-z0-9\\-]{0,63}' : undefined}
        title={
          key === 'id'
            ? trans.__('Small letters, digits and "-", at most 64')
            : undefined
        }
        spellCheck={key !== 'id'}
        value={about[key]}
        onChange={event => model.setAbout({ [key]: event.target.value })}
      />
    </label>
  );
  return (
    <div className="llmos-SaveDialog-about">
      {field('name', trans.__('Name'))}
      {field('id', trans.__('Id'))}
      {field('category', trans.__('Category'))}
      {field('description', trans.__('Description'))}
    </div>
  );
}

/** What a note says, and what to do. */
export function noteText(
  { code, about }: IDraftNote,
  trans: TranslationBundle
): string {
  switch (code) {
    case 'incomplete':
      return trans.__('The cell is no whole Python. Mend it and try again.');
    case 'empty':
      return trans.__('The cell has no code.');
    case 'shell':
      return trans.__('"%1" runs outside Python: take it out of the cell.', about);
    case 'magic':
      return trans.__('"%1" is for notebooks only and is left out.', about);
    case 'lost-name':
      return trans.__(
        '"%1" is made in the notebook and cannot be copied: define it in this cell, or import it.',
        about
      );
    case 'unknown-name':
      return trans.__('No cell above defines "%1": it becomes an input.', about);
    case 'defines-execute':
      return trans.__('The cell has its own "execute": call it something else.');
  }
}
