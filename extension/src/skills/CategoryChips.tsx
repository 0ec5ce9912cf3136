import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { categoryLook } from './category';
import type { IFacetValue } from './facets';

/** The categories that there are, with counts; null chooses all. */
export interface ICategoryChipsProps {
  readonly categories: readonly IFacetValue[];
  /** Undefined: all. */
  readonly chosen: string | undefined;
  readonly choose: (category: string | undefined) => void;
  readonly trans: TranslationBundle;
}

/** One chip a category, with how many skills it has; pressing it again shows all. */
export function CategoryChips(props: ICategoryChipsProps): React.JSX.Element | null {
  const { categories, chosen, choose, trans } = props;
  if (categories.length < 2) {
    return null;
  }
  return (
    <div
      className="llmos-CategoryChips"
      role="group"
      aria-label={trans.__('Filter by category')}
    >
      <button
        type="button"
        className="llmos-CategoryChip"
        aria-pressed={chosen === undefined}
        onClick={() => choose(undefined)}
      >
        {trans.__('all')}
      </button>
      {categories.map(({ value: category, count }) => {
        const { icon, hue } = categoryLook(category);
        const style = { '--llmos-hue': String(hue) } as React.CSSProperties;
        const isChosen = category === chosen;
        return (
          <button
            key={category}
            type="button"
            className={`llmos-CategoryChip${count === 0 ? ' llmos-mod-none' : ''}`}
            style={style}
            aria-pressed={isChosen}
            aria-label={trans._n('%2, %1 skill', '%2, %1 skills', count, category)}
            onClick={() => choose(isChosen ? undefined : category)}
          >
            <icon.react tag="span" className="llmos-CategoryChip-icon" />
            {category}
          </button>
        );
      })}
    </div>
  );
}
