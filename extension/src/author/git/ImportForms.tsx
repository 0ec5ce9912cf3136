import type { TranslationBundle } from '@jupyterlab/translation';
import type { IImportedSkill, IProblem } from '@llmos-lab/skills';
import * as React from 'react';

/** What stands in the fields. */
export interface IGitFields {
  readonly url: string;
  readonly folder: string;
  readonly ref: string;
}

/** How reading the repository goes; nothing while the person is asked. */
export interface IGitReading {
  /** How much is read, from 0 to 1. */
  readonly share?: number;
  /** Why it could not be read. */
  readonly problem?: string;
}

/** Asks for a repository, and for a folder and branch of it. */
export function GitForm(props: {
  readonly first: IGitFields;
  readonly reading: IGitReading;
  readonly change: (fields: IGitFields) => void;
  readonly stop: () => void;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { trans, reading } = props;
  const [fields, setFields] = React.useState(props.first);
  const set = (part: Partial<IGitFields>): void => {
    const next = { ...fields, ...part };
    setFields(next);
    props.change(next);
  };
  const rows = [
    [
      'url',
      trans.__('Address'),
      'https://github.com/anthropics/skills',
      trans.__(
        'A repository that everybody may read, or the page of a folder on GitHub'
      )
    ],
    ['folder', trans.__('Folder'), 'skills', trans.__('Empty: the whole repository')],
    ['ref', trans.__('Branch or tag'), 'main', trans.__('Empty: the default branch')]
  ] as const;
  return (
    <div className="llmos-GitImport-view">
      {rows.map(([field, label, placeholder, hint]) => (
        <label key={field}>
          <span>{label}</span>
          <input
            type="text"
            className="jp-mod-styled"
            name={`import-${field}`}
            autoComplete="off"
            spellCheck={false}
            placeholder={placeholder}
            value={fields[field]}
            // Not disabled: that would take the focus out of the dialog, and its keys.
            readOnly={reading.share !== undefined}
            onChange={event => set({ [field]: event.target.value })}
          />
          <small>{hint}</small>
        </label>
      ))}
      <Reading reading={reading} stop={props.stop} trans={trans} />
    </div>
  );
}

/** How far it is with a way to stop, or why it came to nothing. */
function Reading(props: {
  readonly reading: IGitReading;
  readonly stop: () => void;
  readonly trans: TranslationBundle;
}): React.JSX.Element | null {
  const { reading, stop, trans } = props;
  if (reading.problem !== undefined) {
    return (
      <p role="alert" className="llmos-mod-problem">
        {reading.problem}
      </p>
    );
  }
  return reading.share === undefined ? null : (
    <div className="llmos-GitImport-reading">
      <progress aria-label={trans.__('Reading')} max={1} value={reading.share} />
      <button type="button" className="jp-mod-styled jp-mod-reject" onClick={stop}>
        {trans.__('Stop')}
      </button>
    </div>
  );
}

/** The skills that were found, to choose from, and what is wrong with others. */
export function ChooseForm(props: {
  readonly skills: readonly IImportedSkill[];
  readonly problems: readonly IProblem[];
  readonly change: (ids: readonly string[]) => void;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { skills, problems, trans } = props;
  const [chosen, setChosen] = React.useState<readonly string[]>(
    skills.map(({ id }) => id)
  );
  const set = (ids: readonly string[]): void => {
    setChosen(ids);
    props.change(ids);
  };
  const isAll = chosen.length === skills.length;
  return (
    <div className="llmos-GitImport-view">
      <p>
        {trans.__(
          'They are copied to your volume as they are; nothing of them runs before you run it. Read skills of strangers first.'
        )}
      </p>
      <label className="llmos-GitImport-choice">
        <input
          type="checkbox"
          checked={isAll}
          onChange={() => set(isAll ? [] : skills.map(({ id }) => id))}
        />
        <span>{trans.__('All (%1)', skills.length)}</span>
      </label>
      <ul>
        {skills.map(skill => (
          <li key={skill.id}>
            <SkillChoice
              skill={skill}
              isChosen={chosen.includes(skill.id)}
              choose={isChosen =>
                set(
                  isChosen
                    ? [...chosen, skill.id]
                    : chosen.filter(each => each !== skill.id)
                )
              }
              trans={trans}
            />
          </li>
        ))}
      </ul>
      {problems.length > 0 && <Problems problems={problems} trans={trans} />}
    </div>
  );
}

/** One of the skills that were found, and how many files come with it. */
function SkillChoice(props: {
  readonly skill: IImportedSkill;
  readonly isChosen: boolean;
  readonly choose: (isChosen: boolean) => void;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { skill, isChosen, choose, trans } = props;
  const { id, name, beside } = skill;
  return (
    <label className="llmos-GitImport-choice">
      <input
        type="checkbox"
        checked={isChosen}
        onChange={({ target }) => choose(target.checked)}
      />
      <span>
        {name} <small>{id}</small>
      </span>
      {beside.length > 0 && (
        <small>{trans._n('%1 file', '%1 files', beside.length)}</small>
      )}
    </label>
  );
}

/** What is wrong with the rest of what was found. */
function Problems(props: {
  readonly problems: readonly IProblem[];
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { problems, trans } = props;
  return (
    <details>
      <summary>{trans._n('%1 problem', '%1 problems', problems.length)}</summary>
      <ul>
        {problems.map(({ file, line, message }) => (
          <li key={`${file}:${line}:${message}`}>
            {file}:{line} {message}
          </li>
        ))}
      </ul>
    </details>
  );
}
