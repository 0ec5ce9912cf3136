import type { ISkillEntry } from '@llmos-lab/kernel';
import { closeIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { DRAG_ATTRIBUTE } from '../../insert/dragSkill';
import { categoryLook } from '../../skills/category';
import { useGraph } from './context';
import { focusPart } from './keptFocus';

/** The library beside the canvas: drag a skill onto it, or add the first match by Enter. */
export function Drawer(props: { readonly close: () => void }): React.JSX.Element {
  const { library, trans } = useGraph();
  const [query, setQuery] = React.useState('');
  const { added, add } = useAdded();
  const root = React.useRef<HTMLElement>(null);
  const list = React.useRef<HTMLUListElement>(null);
  const [opener] = React.useState(() => document.activeElement);
  const close = (): void => {
    giveBack(root.current, opener);
    props.close();
  };
  const entries = library
    .search(query)
    .filter(({ skill }) => skill.kind === 'executable');
  return (
    <section
      ref={root}
      className="llmos-GraphDrawer"
      aria-label={trans.__('Skills to add')}
      onKeyDown={event => {
        if (event.key === 'Escape') {
          close();
          event.stopPropagation();
        }
      }}
    >
      <DrawerHead
        query={query}
        setQuery={setQuery}
        goDown={() => list.current?.querySelector<HTMLElement>('button')?.focus()}
        addFirst={() => {
          const [first] = entries;
          if (first && query.trim() !== '') {
            add(first);
          }
        }}
        close={close}
      />
      <ul ref={list} onKeyDown={walk}>
        {entries.map(entry => (
          <li key={entry.skill.id}>
            <DrawerSkill entry={entry} add={() => add(entry)} />
          </li>
        ))}
      </ul>
      {entries.length === 0 && (
        <p className="llmos-GraphDrawer-empty" role="status">
          {trans.__('No skill matches. Try another word, or write code in a cell.')}
        </p>
      )}
      <span role="status" className="llmos-Status-hiddenWord">
        {added}
      </span>
    </section>
  );
}

/** Adds skills, and tells those of it who do not see their nodes come. */
function useAdded(): {
  readonly added: React.JSX.Element | null;
  readonly add: (entry: ISkillEntry) => void;
} {
  const { actions, trans } = useGraph();
  const [last, setLast] = React.useState({ name: '', count: 0 });
  return {
    // The same words are said again as they are another element.
    added:
      last.count > 0 ? (
        <span key={last.count}>{trans.__('%1 was added.', last.name)}</span>
      ) : null,
    add: ({ skill }) =>
      void actions.add(skill.id, null).then(isAdded => {
        if (isAdded) {
          setLast(({ count }) => ({ name: skill.name, count: count + 1 }));
        }
      })
  };
}

function DrawerHead(props: {
  readonly query: string;
  readonly setQuery: (query: string) => void;
  readonly goDown: () => void;
  readonly addFirst: () => void;
  readonly close: () => void;
}): React.JSX.Element {
  const { trans } = useGraph();
  return (
    <div className="llmos-GraphDrawer-head">
      <input
        type="search"
        className="jp-mod-styled"
        autoFocus
        aria-label={trans.__('Search skills')}
        placeholder={trans.__('Search skills')}
        value={props.query}
        onChange={event => props.setQuery(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'ArrowDown') {
            props.goDown();
            event.preventDefault();
          } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
            props.addFirst();
            event.preventDefault();
          }
        }}
      />
      <button
        type="button"
        className="llmos-GraphButton"
        aria-label={trans.__('Close the library')}
        title={trans.__('Close the library')}
        onClick={() => props.close()}
      >
        <closeIcon.react tag="span" width="14px" height="14px" />
      </button>
    </div>
  );
}

function DrawerSkill(props: {
  readonly entry: ISkillEntry;
  readonly add: () => void;
}): React.JSX.Element {
  const { skill } = props.entry;
  const { trans } = useGraph();
  const { icon, hue } = categoryLook(skill.category);
  return (
    <button
      type="button"
      className="llmos-GraphDrawer-skill"
      style={{ '--llmos-hue': String(hue) } as React.CSSProperties}
      title={trans.__('%1 Drag it onto the canvas or an edge.', skill.description)}
      {...{ [DRAG_ATTRIBUTE]: skill.id }}
      onClick={props.add}
    >
      <icon.react tag="span" className="llmos-GraphNode-icon" />
      <span>{skill.name}</span>
    </button>
  );
}

/**
 * Gives the focus back to what opened the library, or where that has gone, such as the button
 * of an empty graph, to the graph.
 */
function giveBack(drawer: HTMLElement | null, opener: Element | null): void {
  if (opener instanceof HTMLElement && opener.isConnected && opener !== document.body) {
    opener.focus();
  } else {
    const next = drawer?.nextElementSibling;
    focusPart(next instanceof HTMLElement ? next : null);
  }
}

/** Arrows walk the list. */
function walk(event: React.KeyboardEvent<HTMLUListElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step !== 0) {
    const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
    const at = buttons.findIndex(button => button === document.activeElement);
    buttons[Math.max(0, Math.min(at + step, buttons.length - 1))]?.focus();
    event.preventDefault();
  }
}
