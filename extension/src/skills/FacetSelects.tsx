import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { Facet, IFacetValue } from './facets';
import { volumeName } from './skillText';

/** The filters besides categories, with what is chosen in them. */
export interface IFacetSelectsProps {
  readonly facets: Readonly<Record<Facet, readonly IFacetValue[]>>;
  readonly chosen: Readonly<Partial<Record<Facet, string>>>;
  readonly choose: (facet: Facet, value: string | undefined) => void;
  readonly trans: TranslationBundle;
}

/** Filters by volume and by kind, beside each other. */
export function FacetSelects(props: IFacetSelectsProps): React.JSX.Element {
  const { trans } = props;
  return (
    <div className="llmos-FacetSelects">
      <FacetSelect
        {...props}
        facet="volume"
        label={trans.__('Filter by volume')}
        all={trans.__('All volumes')}
        nameOf={value => volumeName(value, trans)}
      />
      <FacetSelect
        {...props}
        facet="kind"
        label={trans.__('Filter by kind')}
        all={trans.__('All kinds')}
        nameOf={value => (value === 'context' ? trans.__('for the assistant') : value)}
      />
    </div>
  );
}

function FacetSelect(
  props: IFacetSelectsProps & {
    readonly facet: Facet;
    readonly label: string;
    readonly all: string;
    readonly nameOf: (value: string) => string;
  }
): React.JSX.Element {
  const { facet, facets, chosen, choose, label, all, nameOf } = props;
  const value = chosen[facet];
  return (
    <select
      className={value === undefined ? undefined : 'llmos-mod-chosen'}
      aria-label={label}
      title={label}
      value={value ?? ''}
      onChange={event => choose(facet, event.target.value || undefined)}
    >
      <option value="">{all}</option>
      {facets[facet].map(({ value: option, count }) => (
        <option key={option} value={option}>
          {`${nameOf(option)} (${count})`}
        </option>
      ))}
    </select>
  );
}
