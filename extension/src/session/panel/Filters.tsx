import type { SessionStatus } from '@llmos-lab/skills';
import * as React from 'react';

import { volumeName } from '../../skills/skillText';
import type { ISessionPanelViewProps } from './SessionPanel';
import { statusName } from './words';

type IFiltersProps = Pick<ISessionPanelViewProps, 'state' | 'setFilter' | 'trans'>;

/** Search, and what to show: volume, status, committed or not. */
export function Filters({ state, setFilter, trans }: IFiltersProps): React.JSX.Element {
  const { query, volume, status, isCommitted } = state.filter;
  return (
    <>
      <input
        type="search"
        className="llmos-SessionPanel-search jp-mod-styled"
        placeholder={trans.__('Search sessions')}
        aria-label={trans.__('Search sessions')}
        value={query ?? ''}
        onChange={event => setFilter({ query: event.target.value })}
      />
      <div className="llmos-FacetSelects">
        <Choice
          label={trans.__('Filter by status')}
          value={status}
          options={[
            ['', trans.__('Any status')],
            ...(['active', 'paused', 'completed'] as const).map(
              each => [each, statusName(each, trans)] as const
            )
          ]}
          choose={value => setFilter({ status: value as SessionStatus | undefined })}
        />
        <Choice
          label={trans.__('Filter by commit state')}
          value={isCommitted === undefined ? undefined : isCommitted ? 'yes' : 'no'}
          options={[
            ['', trans.__('Any state')],
            ['yes', trans.__('Committed')],
            ['no', trans.__('Not committed')]
          ]}
          choose={value =>
            setFilter({
              isCommitted: value === undefined ? undefined : value === 'yes'
            })
          }
        />
        {(state.volumeNames.length > 1 || volume !== undefined) && (
          <Choice
            label={trans.__('Filter by volume')}
            value={volume}
            options={[
              ['', trans.__('All volumes')],
              ...state.volumeNames.map(name => [name, volumeName(name, trans)] as const)
            ]}
            choose={value => setFilter({ volume: value })}
          />
        )}
      </div>
    </>
  );
}

function Choice(props: {
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly choose: (value: string | undefined) => void;
}): React.JSX.Element {
  const { label, value, options, choose } = props;
  return (
    <select
      className={value === undefined ? undefined : 'llmos-mod-chosen'}
      aria-label={label}
      title={label}
      value={value ?? ''}
      onChange={event => choose(event.target.value || undefined)}
    >
      {options.map(([option, text]) => (
        <option key={option} value={option}>
          {text}
        </option>
      ))}
    </select>
  );
}
