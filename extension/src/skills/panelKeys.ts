import type * as React from 'react';

import type { ISkillCardActions } from './SkillCard';

/** Steps of the arrow keys through the cards. */
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** Ctrl+F searches, arrows walk the cards, Ctrl+Enter inserts, Escape goes back. */
export function onPanelKey(
  event: React.KeyboardEvent,
  root: HTMLElement | null,
  actions: ISkillCardActions
): void {
  if (!root || !(event.target instanceof HTMLElement)) {
    return;
  }
  const search = root.querySelector<HTMLInputElement>('.llmos-SkillPanel-search');
  const cards = [...root.querySelectorAll<HTMLElement>('[data-card]')];
  const holder = event.target.closest<HTMLElement>('[data-skill]');
  const at = cards.findIndex(card => card.dataset.card === holder?.dataset.skill);
  const step = STEPS[event.key];
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f') {
    search?.focus();
    search?.select();
  } else if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') {
    insertFrom(cards[Math.max(at, 0)], actions);
  } else if (step !== undefined && (at >= 0 || event.target === search)) {
    const next = at + step;
    (next < 0 ? search : cards[Math.min(next, cards.length - 1)])?.focus();
  } else if (event.key === 'Escape' && event.target !== search) {
    search?.focus();
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

function insertFrom(card: HTMLElement | undefined, actions: ISkillCardActions): void {
  const button = card
    ?.closest('[data-skill]')
    ?.querySelector<HTMLButtonElement>('.llmos-SkillCard-insert');
  if (card?.dataset.card && button && !button.disabled) {
    actions.insert(card.dataset.card);
  }
}
