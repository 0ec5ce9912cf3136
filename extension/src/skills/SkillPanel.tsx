import type { TranslationBundle } from '@jupyterlab/translation';
import type { IProblem } from '@llmos-lab/skills';
import * as React from 'react';

import { skillsIcon } from '../icons';
import { ModelPanel } from '../ModelPanel';
import { CategoryChips } from './CategoryChips';
import type { Facet } from './facets';
import { FacetSelects } from './FacetSelects';
import { useFileDrop } from './fileDrop';
import { PanelButtons } from './PanelButtons';
import { onPanelKey } from './panelKeys';
import { ProblemList } from './ProblemList';
import type { ISkillGroup, ISkillPanelState, SkillPanelModel } from './panelModel';
import { HiddenCard } from './Shadows';
import { SkillCard, type ISkillCardActions } from './SkillCard';
import { volumeName } from './skillText';

/** Id of the panel in the left side bar. */
export const PANEL_ID = 'llmos-skill-panel';

/** What the panel can do beyond its cards. */
export type PanelActions = Omit<ISkillCardActions, 'toggle'> & {
  readonly openProblem: (problem: IProblem) => void;
  readonly createSkill: () => void;
  /** Asks for files or a folder to import. */
  readonly chooseImport: () => void;
  readonly importFromGit: () => void;
  readonly importDropped: (dropped: DataTransfer) => void;
};

/** The skills panel as a widget: hands the model's state to React. */
export class SkillPanel extends ModelPanel<SkillPanelModel> {
  constructor(
    model: SkillPanelModel,
    private readonly _actions: PanelActions,
    private readonly _trans: TranslationBundle
  ) {
    super(model);
    this.id = PANEL_ID;
    this.addClass('llmos-SkillPanel');
    this.title.icon = skillsIcon;
    this.title.caption = _trans.__('Skills');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', _trans.__('Skill library'));
  }

  /** Puts the cursor in the search field once the panel is drawn. */
  async focusSearch(): Promise<void> {
    await this.focusOn('.llmos-SkillPanel-search');
  }

  protected override draw(): React.JSX.Element {
    const { model } = this;
    const actions = {
      ...this._actions,
      toggle: (id: string) => model.toggle(id)
    };
    return (
      <SkillPanelView
        state={model.state}
        actions={actions}
        setQuery={query => model.setQuery(query)}
        setFilter={(facet, value) => model.setFilter(facet, value)}
        showAll={() => model.showAll()}
        clear={() => model.clear()}
        trans={this._trans}
      />
    );
  }
}

/** The whole panel by props: its model holds search, filters and what is open. */
export interface ISkillPanelViewProps {
  readonly state: ISkillPanelState;
  readonly actions: ISkillCardActions & PanelActions;
  readonly trans: TranslationBundle;
  readonly setQuery: (query: string) => void;
  readonly setFilter: (facet: Facet, value: string | undefined) => void;
  /** Draws all cards of long groups. */
  readonly showAll: () => void;
  readonly clear: () => void;
}

/** Search first, then problems, category chips and the cards. */
export function SkillPanelView(props: ISkillPanelViewProps): React.JSX.Element {
  const { state, actions, trans } = props;
  const root = React.useRef<HTMLDivElement>(null);
  const drop = useFileDrop(actions.importDropped);
  return (
    <div
      className={`llmos-SkillPanel-view${drop.isOver ? ' llmos-mod-drop' : ''}`}
      ref={root}
      {...drop.handlers}
      onKeyDown={event => onPanelKey(event, root.current, actions)}
    >
      <div className="llmos-SkillPanel-top">
        <div className="llmos-SkillPanel-bar">
          <h2 className="llmos-SkillPanel-heading">{trans.__('Skills')}</h2>
          <PanelButtons actions={actions} trans={trans} />
        </div>
        <input
          type="search"
          className="llmos-SkillPanel-search jp-mod-styled"
          placeholder={trans.__('Search skills (Ctrl+F)')}
          aria-label={trans.__('Search skills')}
          value={state.query}
          onChange={event => props.setQuery(event.target.value)}
        />
        <CategoryChips
          categories={state.facets.category}
          chosen={state.filter.category}
          choose={category => props.setFilter('category', category)}
          trans={trans}
        />
        <FacetSelects
          facets={state.facets}
          chosen={state.filter}
          choose={props.setFilter}
          trans={trans}
        />
      </div>
      <div className="llmos-SkillPanel-list">
        <ProblemList
          problems={state.problems}
          trans={trans}
          open={problem => actions.openProblem(problem)}
        />
        <Cards {...props} />
      </div>
    </div>
  );
}

function Cards(props: ISkillPanelViewProps): React.JSX.Element {
  const { state, trans } = props;
  if (state.status === 'loading') {
    return (
      <p className="llmos-SkillPanel-empty" role="status">
        {trans.__('Reading the library…')}
      </p>
    );
  }
  if (state.groups.length === 0) {
    return <Nothing {...props} />;
  }
  const first = state.groups[0]?.entries[0]?.skill.id;
  return (
    <>
      {state.groups.map(group => (
        <Group
          key={group.volume}
          group={group}
          tabStop={state.open ?? first}
          {...props}
        />
      ))}
    </>
  );
}

function Group(
  props: ISkillPanelViewProps & {
    readonly group: ISkillGroup;
    /** Id of the card that Tab reaches. */
    readonly tabStop: string | undefined;
  }
): React.JSX.Element {
  const { group, state, tabStop, actions, trans } = props;
  const heading = groupHeading(group, trans);
  return (
    <section aria-label={heading}>
      <h3 className="llmos-SkillPanel-group">
        <span>{heading}</span>
        <span className="llmos-SkillPanel-count">{group.count}</span>
      </h3>
      <ul className="llmos-SkillPanel-cards">
        {group.entries.map(entry => (
          <SkillCard
            key={entry.path}
            entry={entry}
            isOpen={state.open === entry.skill.id}
            isTabStop={tabStop === entry.skill.id}
            showVolume={group.volume === ''}
            actions={actions}
            trans={trans}
          />
        ))}
        {group.hidden.map(({ entry, by }) => (
          <HiddenCard key={entry.path} {...{ entry, by, actions, trans }} />
        ))}
      </ul>
      {group.entries.length < group.count && (
        <div className="llmos-SkillPanel-empty">
          <button type="button" onClick={props.showAll}>
            {trans.__('Show all %1', group.count)}
          </button>
        </div>
      )}
    </section>
  );
}

function Nothing(props: ISkillPanelViewProps): React.JSX.Element {
  const { state, trans } = props;
  if (state.total === 0) {
    return (
      <p className="llmos-SkillPanel-empty">
        {trans.__(
          'Skills are ready-made steps for a notebook. There are none here yet: make one with +, or drop a zip with skills here.'
        )}
      </p>
    );
  }
  return (
    <div className="llmos-SkillPanel-empty">
      <p>{trans.__('No skill matches. Try another word, or show all of them.')}</p>
      <button type="button" onClick={() => props.clear()}>
        {trans.__('Show all skills')}
      </button>
    </div>
  );
}

function groupHeading(group: ISkillGroup, trans: TranslationBundle): string {
  return group.volume === '' ? trans.__('Results') : volumeName(group.volume, trans);
}
