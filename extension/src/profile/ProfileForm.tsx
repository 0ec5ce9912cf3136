import type { TranslationBundle } from '@jupyterlab/translation';
import {
  profileProblems,
  readProfile,
  teamVolume,
  type IProfileFields
} from '@llmos-lab/skills';
import * as React from 'react';

/** What stands in the fields; teams as they are typed. */
export interface IProfileText {
  readonly name: string;
  readonly id: string;
  readonly email: string;
  readonly teams: string;
}

/** What the fields show of a profile: teams with commas between them. */
export function toText(fields: IProfileFields): IProfileText {
  const { name, id, email, teams } = fields;
  return { name, id, email, teams: teams.join(', ') };
}

/** Teams stand apart by commas or spaces. */
export function fromText(text: IProfileText): IProfileFields {
  return readProfile({ ...text, teams: text.teams.split(/[\s,;]+/) });
}

/** What the fields hold at first, and who hears of each change. */
export interface IProfileFormProps {
  readonly first: IProfileText;
  readonly change: (text: IProfileText) => void;
  readonly trans: TranslationBundle;
}

/** Name, id, address and teams, each with what is wrong under it. */
export function ProfileForm({
  first,
  change,
  trans
}: IProfileFormProps): React.JSX.Element {
  const [text, setText] = React.useState(first);
  const fields = fromText(text);
  const problems = new Map(
    profileProblems(fields).map(({ field, message }) => [field, message])
  );
  const set = (part: Partial<IProfileText>): void => {
    const next = { ...text, ...part };
    setText(next);
    change(next);
  };
  const mounts = fields.teams.map(team => teamVolume(team)).join(', ');
  const rows: readonly (readonly [keyof IProfileText, string, string])[] = [
    ['name', trans.__('Name'), trans.__('Stands in your commits')],
    ['id', trans.__('User id'), trans.__('Stands in your sessions and run traces')],
    ['email', trans.__('E-mail address'), trans.__('Stands in your commits; optional')],
    [
      'teams',
      trans.__('Teams'),
      mounts === ''
        ? trans.__('Ids with commas between; each mounts its volume')
        : trans.__('Mounts %1', mounts)
    ]
  ];
  return (
    <div className="llmos-Profile-view">
      <p>{trans.__('Kept in this browser. No account is needed.')}</p>
      {rows.map(([field, label, hint]) => (
        <label key={field}>
          <span>{label}</span>
          <input
            type="text"
            className="jp-mod-styled"
            name={field}
            autoComplete="off"
            spellCheck={false}
            value={text[field]}
            aria-invalid={problems.has(field)}
            aria-describedby={`llmos-Profile-${field}`}
            onChange={event => set({ [field]: event.target.value })}
          />
          <small
            id={`llmos-Profile-${field}`}
            className={problems.has(field) ? 'llmos-mod-problem' : undefined}
          >
            {problems.get(field) ?? hint}
          </small>
        </label>
      ))}
    </div>
  );
}
