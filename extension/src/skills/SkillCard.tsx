import type { TranslationBundle } from '@jupyterlab/translation';
import { ellipsesIcon } from '@jupyterlab/ui-components';
import type { ISkillEntry } from '@llmos-lab/kernel';
import { isDraft, type IPort } from '@llmos-lab/skills';
import * as React from 'react';

import { DRAG_ATTRIBUTE } from '../insert/dragSkill';
import { categoryLook } from './category';
import type { RenderMarkdown } from './markdown';
import { Shadows, type IShadowActions } from './Shadows';
import { SkillMarkdown } from './SkillMarkdown';
import { SkillPorts } from './SkillPorts';
import { bodyText } from './skillText';

/** What a card can do; the panel's adapter supplies it. */
export interface ISkillCardActions extends IShadowActions {
  readonly toggle: (id: string) => void;
  readonly insert: (id: string) => void;
  readonly open: (id: string) => void;
  readonly copy: (id: string) => void;
  /** Shows what else can be done with the skill, in a menu at the button. */
  readonly showMenu: (id: string, button: HTMLElement) => void;
  /** The cell that Insert would make. */
  readonly example: (entry: ISkillEntry) => string;
  /** Renders Markdown through the app's sanitiser; the result removes it again. */
  readonly renderMarkdown: RenderMarkdown;
}

/** A skill with what can be done with it here. */
export interface ISkillCardProps {
  readonly entry: ISkillEntry;
  readonly isOpen: boolean;
  readonly isTabStop: boolean;
  /** Volume is written on the card when its group does not say it. */
  readonly showVolume: boolean;
  readonly actions: ISkillCardActions;
  readonly trans: TranslationBundle;
}

/** One skill: closed it says what goes in and out, open it says what it is for. */
export function SkillCard(props: ISkillCardProps): React.JSX.Element {
  const { entry, isOpen, actions } = props;
  const { skill } = entry;
  const { icon, hue } = categoryLook(skill.category);
  const hueStyle = { '--llmos-hue': String(hue) } as React.CSSProperties;
  // An open card is dragged by its head, so that its text can be selected.
  const drag = skill.kind === 'executable' ? { [DRAG_ATTRIBUTE]: skill.id } : {};
  return (
    <li
      className={`llmos-SkillCard${isOpen ? ' llmos-mod-open' : ''}`}
      style={hueStyle}
      data-skill={skill.id}
      {...(isOpen ? {} : drag)}
    >
      <div className="llmos-SkillCard-head" {...drag}>
        <button
          type="button"
          className="llmos-SkillCard-title"
          aria-expanded={isOpen}
          tabIndex={props.isTabStop ? 0 : -1}
          data-card={skill.id}
          title={skill.description}
          onClick={() => actions.toggle(skill.id)}
        >
          <icon.react tag="span" className="llmos-SkillCard-icon" />
          <span className="llmos-SkillCard-name">{skill.name}</span>
        </button>
        <InsertButton {...props} />
        <MenuButton {...props} />
      </div>
      <Badges {...props} />
      {isOpen ? <SkillDetails {...props} /> : <PortSummary {...props} />}
    </li>
  );
}

function InsertButton({ entry, actions, trans }: ISkillCardProps): React.JSX.Element {
  const { skill } = entry;
  const isContext = skill.kind === 'context';
  return (
    <button
      type="button"
      className="llmos-SkillCard-insert"
      disabled={isContext}
      tabIndex={-1}
      aria-label={trans.__('Insert %1', skill.name)}
      title={
        isContext
          ? trans.__('This skill guides the assistant. It has no code to insert.')
          : trans.__('Insert below the active cell (Ctrl+Enter), or drag the card')
      }
      onClick={() => actions.insert(skill.id)}
    >
      {trans.__('Insert')}
    </button>
  );
}

function MenuButton({ entry, actions, trans }: ISkillCardProps): React.JSX.Element {
  const label = trans.__('More for %1', entry.skill.name);
  return (
    <button
      type="button"
      className="llmos-SkillCard-menu"
      aria-haspopup="menu"
      aria-label={label}
      title={label}
      tabIndex={-1}
      onClick={event => actions.showMenu(entry.skill.id, event.currentTarget)}
    >
      <ellipsesIcon.react tag="span" />
    </button>
  );
}

function Badges({ entry, showVolume, trans }: ISkillCardProps): React.JSX.Element {
  const { skill, shadows } = entry;
  return (
    <div className="llmos-SkillCard-badges">
      <span className="llmos-SkillCard-badge llmos-mod-category">{skill.category}</span>
      <span className="llmos-SkillCard-badge">
        {skill.kind === 'context' ? trans.__('for the assistant') : skill.type}
      </span>
      {showVolume && <span className="llmos-SkillCard-badge">{entry.volume}</span>}
      {isDraft(entry.text) && (
        <span
          className="llmos-SkillCard-badge"
          title={trans.__(
            'Learned and applied automatically: accept it in Evolution before others get it'
          )}
        >
          {trans.__('draft')}
        </span>
      )}
      {shadows.length > 0 && (
        <span
          className="llmos-SkillCard-badge llmos-mod-shadow"
          title={trans.__('Used instead of %1', shadows.join(', '))}
        >
          {trans.__('shadows %1', volumesOf(shadows).join(', '))}
        </span>
      )}
    </div>
  );
}

function PortSummary({ entry, trans }: ISkillCardProps): React.JSX.Element | null {
  const { skill } = entry;
  if (skill.kind === 'context') {
    return null;
  }
  const names = (ports: readonly IPort[]): string =>
    ports.map(port => port.name).join(', ') || trans.__('nothing');
  return (
    <dl className="llmos-SkillCard-summary">
      <dt>{trans.__('in')}</dt>
      <dd title={names(skill.inputs)}>{names(skill.inputs)}</dd>
      <dt>{trans.__('out')}</dt>
      <dd title={names(skill.outputs)}>{names(skill.outputs)}</dd>
    </dl>
  );
}

function SkillDetails(props: ISkillCardProps): React.JSX.Element {
  const { entry, actions, trans } = props;
  const { skill } = entry;
  const isOwn = entry.volume === 'user';
  return (
    <div className="llmos-SkillCard-details">
      <p className="llmos-SkillCard-description">{skill.description}</p>
      <div className="llmos-SkillCard-actions">
        <button type="button" onClick={() => actions.open(skill.id)}>
          {isOwn ? trans.__('Edit') : trans.__('Open')}
        </button>
        {!isOwn && (
          <button type="button" onClick={() => actions.copy(skill.id)}>
            {trans.__('Copy to my volume')}
          </button>
        )}
      </div>
      <Shadows {...{ entry, actions, trans }} />
      {skill.kind === 'context' ? (
        <p className="llmos-SkillCard-note">
          {trans.__(
            'A guide for the assistant: it shapes answers and does not run in a cell.'
          )}
        </p>
      ) : (
        <>
          <SkillPorts label={trans.__('Inputs')} ports={skill.inputs} trans={trans} />
          <SkillPorts label={trans.__('Outputs')} ports={skill.outputs} trans={trans} />
        </>
      )}
      {skill.kind === 'executable' && (
        <>
          <h4>{trans.__('Example')}</h4>
          {/* It scrolls sideways, which takes the focus at the keyboard. */}
          <pre className="llmos-SkillCard-example" tabIndex={0}>
            {actions.example(entry)}
          </pre>
        </>
      )}
      <SkillMarkdown text={bodyText(skill)} render={actions.renderMarkdown} />
      <p className="llmos-SkillCard-path">{entry.path}</p>
    </div>
  );
}

function volumesOf(paths: readonly string[]): string[] {
  return [...new Set(paths.map(path => path.slice(0, path.indexOf(':'))))];
}
