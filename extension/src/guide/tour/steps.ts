import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { TranslationBundle } from '@jupyterlab/translation';

import { ASSISTANT_PANEL_ID } from '../../assistant/AssistantFrame';
import { EVOLUTION_PANEL_ID } from '../../evolution/EvolutionFrame';
import { GRAPH_PANEL_ID } from '../../graph/panel/GraphPanel';
import { SESSION_PANEL_ID } from '../../session/panel/SessionPanel';
import { PANEL_ID as SKILL_PANEL_ID } from '../../skills/SkillPanel';

/** One stop of the tour. */
export interface ITourStep {
  readonly title: string;
  readonly text: string;
  /** Brings what it speaks of into sight, where that is not always there. */
  readonly show?: () => void;
  /** Finds what it speaks of; null where there is no such thing now. */
  readonly find: () => HTMLElement | null;
}

const NOTEBOOK = '.jp-NotebookPanel:not(.lm-mod-hidden)';

/** The stops that can be shown now, in order. */
export function tourSteps(
  app: JupyterFrontEnd,
  trans: TranslationBundle
): readonly ITourStep[] {
  return [
    ...notebookSteps(trans).filter(step => step.find() !== null),
    ...panelSteps(app, trans),
    {
      title: trans.__('Help'),
      text: trans.__(
        'The guide, this tour, the keys and what your browser can do are here. Everything is also in the command palette (Ctrl+Shift+C).'
      ),
      // JupyterLab ranks it last; in a narrow window that is the menu it is in.
      find: () => find('#jp-MainMenu .lm-MenuBar-item:last-child')
    }
  ];
}

function find(selector: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(selector);
}

/** What is in the notebook that is in front. */
function notebookSteps(trans: TranslationBundle): readonly ITourStep[] {
  return [
    {
      title: trans.__('A skill is a cell'),
      text: trans.__(
        'One line of Python calls a skill: a ready-made step with typed inputs and outputs. The form above it edits that line, and nothing else.'
      ),
      find: () => {
        const form = find(`${NOTEBOOK} .llmos-CellForm`);
        return form?.parentElement ?? form;
      }
    },
    {
      title: trans.__('Run what is needed'),
      text: trans.__(
        'Run ▾ runs all, or only what is stale. Point at an entry to see what would run, what is remembered, and about how long that takes. Stop ends it.'
      ),
      find: () => find(`${NOTEBOOK} .llmos-RunToolbar`)
    }
  ];
}

/** The panels of the side bars. */
function panelSteps(
  app: JupyterFrontEnd,
  trans: TranslationBundle
): readonly ITourStep[] {
  const texts: readonly (readonly [id: string, title: string, text: string])[] = [
    [
      SKILL_PANEL_ID,
      trans.__('Skill library'),
      trans.__(
        'Search, open a card to read what a skill does, and insert it. Copy one to your volume to change it, or write your own.'
      )
    ],
    [
      GRAPH_PANEL_ID,
      trans.__('Graph'),
      trans.__(
        'Which cell feeds which, with status, time and result of each. Drag from an output to an input to connect them: the cell changes, and undo takes it back.'
      )
    ],
    [
      ASSISTANT_PANEL_ID,
      trans.__('Assistant'),
      trans.__(
        'Ask in your own words. Without a key it answers from the library and builds workflows; with a key of yours it works in the notebook, and asks first.'
      )
    ],
    [
      SESSION_PANEL_ID,
      trans.__('Sessions'),
      trans.__(
        'Commit a notebook with its runs into a Git repository in this browser. Compare, go back, share, or push it to GitHub.'
      )
    ],
    [
      EVOLUTION_PANEL_ID,
      trans.__('Evolution'),
      trans.__(
        'What you run again and again becomes a skill: proposed here with the defaults that worked, verified by replay, accepted by you.'
      )
    ]
  ];
  return texts.map(([id, title, text]) => ({
    ...{ title, text },
    show: () => app.shell.activateById(id),
    find: () => document.getElementById(id)
  }));
}
