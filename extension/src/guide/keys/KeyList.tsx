import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { searchKeys, type IKeyGroup } from './keyMap';

/** The keyboard map. */
export interface IKeyListProps {
  readonly groups: readonly IKeyGroup[];
  readonly trans: TranslationBundle;
}

/** What each key does and where, with a search over it. */
export function KeyList({ groups, trans }: IKeyListProps): React.JSX.Element {
  const [query, setQuery] = React.useState('');
  const found = searchKeys(groups, query);
  return (
    <div className="llmos-KeyList">
      <input
        type="search"
        className="jp-mod-styled"
        placeholder={trans.__('Search by name or key')}
        aria-label={trans.__('Search the keyboard map')}
        value={query}
        onChange={event => setQuery(event.target.value)}
      />
      <div
        className="llmos-KeyList-rows"
        tabIndex={0}
        role="region"
        aria-label={trans.__('Keys')}
      >
        {found.map(({ title, rows }) => (
          <table key={title}>
            <caption>{title}</caption>
            <tbody>
              {rows.map(({ command, label, keys, where }) => (
                <tr key={`${command} ${label} ${where}`}>
                  <th scope="row">{label}</th>
                  <td>
                    {keys.map(key => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </td>
                  <td className="llmos-KeyList-where">{where}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ))}
        {found.length === 0 && (
          <p role="status">
            {trans.__('No key for that. The command palette has all commands.')}
          </p>
        )}
      </div>
    </div>
  );
}
