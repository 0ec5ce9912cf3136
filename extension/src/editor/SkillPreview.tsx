import type { TranslationBundle } from '@jupyterlab/translation';
import { toCell, type ISkill } from '@llmos-lab/skills';
import * as React from 'react';

import { categoryLook } from '../skills/category';
import type { RenderMarkdown } from '../skills/markdown';
import { SkillMarkdown } from '../skills/SkillMarkdown';
import { SkillPorts } from '../skills/SkillPorts';
import { bodyText } from '../skills/skillText';

/** The last text that could be read, and whether the present one can. */
export interface ISkillPreviewProps {
  /** Undefined while the text has errors. */
  readonly skill: ISkill | undefined;
  readonly renderMarkdown: RenderMarkdown;
  readonly trans: TranslationBundle;
}

/** The skill as the library shows it. */
export function SkillPreview(props: ISkillPreviewProps): React.JSX.Element {
  const { skill, renderMarkdown, trans } = props;
  if (!skill) {
    return (
      <p className="llmos-SkillSide-empty">
        {trans.__('Mend the problems above to see the skill here.')}
      </p>
    );
  }
  const { icon, hue } = categoryLook(skill.category);
  return (
    <article
      className="llmos-SkillPreview llmos-SkillCard-details"
      style={{ '--llmos-hue': String(hue) } as React.CSSProperties}
    >
      <h2>
        <icon.react tag="span" className="llmos-SkillCard-icon" />
        {skill.name}
      </h2>
      <p className="llmos-SkillPreview-kind">
        {skill.category}
        {' · '}
        {skill.kind === 'context' ? trans.__('for the assistant') : skill.type}
        {' · '}
        <code>{skill.id}</code>
      </p>
      <p className="llmos-SkillCard-description">{skill.description}</p>
      {skill.kind === 'executable' && (
        <>
          <SkillPorts label={trans.__('Inputs')} ports={skill.inputs} trans={trans} />
          <SkillPorts label={trans.__('Outputs')} ports={skill.outputs} trans={trans} />
          <h4>{trans.__('Example')}</h4>
          <pre className="llmos-SkillCard-example">{toCell(skill)}</pre>
        </>
      )}
      <SkillMarkdown text={bodyText(skill)} render={renderMarkdown} />
    </article>
  );
}
