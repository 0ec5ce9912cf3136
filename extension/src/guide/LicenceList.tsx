import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { ILicence } from './licences';

/** All packages of the site, with the texts of their licences. */
export interface ILicenceListProps {
  readonly licences: readonly ILicence[];
  readonly trans: TranslationBundle;
}

/** What the site ships, and under which licence. */
export function LicenceList(props: ILicenceListProps): React.JSX.Element {
  const { licences, trans } = props;
  return (
    <div className="llmos-LicenceList">
      <table>
        <thead>
          <tr>
            <th scope="col">{trans.__('Component')}</th>
            <th scope="col">{trans.__('Version')}</th>
            <th scope="col">{trans.__('Licence')}</th>
          </tr>
        </thead>
        <tbody>
          {licences.map(({ name, version, licence, homepage, text }) => (
            <tr key={`${name} ${version}`}>
              <td>{isWebAddress(homepage) ? <a href={homepage}>{name}</a> : name}</td>
              <td>{version}</td>
              <td>
                {text === undefined ? (
                  licence || trans.__('not stated')
                ) : (
                  <details>
                    <summary>{licence || trans.__('not stated')}</summary>
                    <pre>{text}</pre>
                  </details>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function isWebAddress(address: string | undefined): address is string {
  return address !== undefined && /^https?:\/\//.test(address);
}
