import type { ISkillEntry } from '@llmos-lab/kernel';
import * as React from 'react';

import { categoryLook } from './category';

/** A skill in a list that arrows walk through while the focus stays in a text. */
export interface ISkillOptionProps {
  /** Of the element, to which the text's `aria-activedescendant` points. */
  readonly id: string;
  readonly entry: ISkillEntry;
  readonly isMarked: boolean;
  readonly onClick?: () => void;
  readonly onDoubleClick?: () => void;
  readonly onMouseMove?: () => void;
}

/** One line: icon, name and as much of the description as fits; in view while marked. */
export function SkillOption(props: ISkillOptionProps): React.JSX.Element {
  const { entry, isMarked, ...element } = props;
  const { skill } = entry;
  const { icon, hue } = categoryLook(skill.category);
  const row = React.useRef<HTMLLIElement>(null);
  React.useEffect(() => {
    if (isMarked) {
      row.current?.scrollIntoView?.({ block: 'nearest' });
    }
  }, [isMarked]);
  return (
    <li
      {...element}
      ref={row}
      className="llmos-SkillOption"
      role="option"
      aria-selected={isMarked}
      style={{ '--llmos-hue': String(hue) } as React.CSSProperties}
    >
      <icon.react tag="span" className="llmos-SkillCard-icon" />
      <span className="llmos-SkillOption-name">{skill.name}</span>
      <span className="llmos-SkillOption-text">{skill.description}</span>
    </li>
  );
}
