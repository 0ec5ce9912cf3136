import type { Extension } from '@codemirror/state';
import { EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ISkillEntry } from '@llmos-lab/kernel';
import { Widget } from '@lumino/widgets';

import { LIST_ID, optionId, SlashMenu } from './SlashMenu';
import { SlashMenuModel, slashQuery } from './slashModel';

/** What the menu of an editor works with. */
export interface ISlashOptions {
  /** False while the menu is switched off. */
  readonly isOn: () => boolean;
  readonly search: (query: string) => readonly ISkillEntry[];
  /** Puts the skill in the place of the text that was typed. */
  readonly insert: (skill: string) => void;
  readonly trans: TranslationBundle;
}

/**
 * Opens the menu when a person types `/` into an empty editor. What follows filters it;
 * Escape closes it and leaves the text as it is.
 */
export function slashExtension(options: ISlashOptions): Extension {
  const plugin = ViewPlugin.define(view => new SlashSession(view, options));
  return [
    plugin,
    EditorView.contentAttributes.of(view => view.plugin(plugin)?.attributes ?? null)
  ];
}

class SlashSession {
  constructor(
    private readonly _view: EditorView,
    private readonly _options: ISlashOptions
  ) {}

  /** What a screen reader learns of the open menu from the editor. */
  get attributes(): Record<string, string> | null {
    const chosen = this._menu?.model.chosen;
    return this._menu
      ? {
          'aria-haspopup': 'listbox',
          'aria-controls': LIST_ID,
          ...(chosen && { 'aria-activedescendant': optionId(chosen) })
        }
      : null;
  }

  update(update: ViewUpdate): void {
    if (update.docChanged) {
      this._onText(update);
    }
    if (update.focusChanged && !this._view.hasFocus) {
      this._close();
    }
  }

  destroy(): void {
    this._close();
  }

  private _onText({ state, transactions }: ViewUpdate): void {
    const text = state.doc.length > 100 ? '' : state.doc.toString();
    const query = slashQuery(text);
    if (this._menu && query !== undefined) {
      this._menu.model.setQuery(query);
    } else if (this._menu) {
      this._close();
    } else if (
      text === '/' &&
      this._options.isOn() &&
      transactions.some(transaction => transaction.isUserEvent('input.type'))
    ) {
      this._open();
    }
  }

  private _open(): void {
    const { search, trans } = this._options;
    const model = new SlashMenuModel(search);
    this._menu = new SlashMenu(model, trans, {
      accept: () => this._accept(),
      drawn: this._place
    });
    Widget.attach(this._menu, document.body);
    // Before the application's shortcuts, which would take Escape and Enter.
    window.addEventListener('keydown', this._onKey, true);
    window.addEventListener('scroll', this._place, true);
    window.addEventListener('resize', this._place);
  }

  private _close(): void {
    window.removeEventListener('keydown', this._onKey, true);
    window.removeEventListener('scroll', this._place, true);
    window.removeEventListener('resize', this._place);
    this._menu?.dispose();
    this._menu = undefined;
  }

  private _accept(): void {
    const chosen = this._menu?.model.chosen;
    this._close();
    this._renew();
    if (chosen !== undefined) {
      this._options.insert(chosen);
    }
  }

  /** The editor may be measured only once it has drawn. */
  private readonly _place = (): void => {
    this._view.requestMeasure({
      key: this,
      read: view => view.coordsAtPos(0),
      write: at => {
        if (at) {
          this._menu?.place(new DOMRect(at.left, at.top, 0, at.bottom - at.top));
        }
      }
    });
  };

  private readonly _onKey = (event: KeyboardEvent): void => {
    const isHere =
      event.target instanceof Node && this._view.contentDOM.contains(event.target);
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isHere || !isPlain || event.isComposing || !this._act(event.key)) {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  /** Whether the key meant the menu. */
  private _act(key: string): boolean {
    const model = this._menu?.model;
    if (key === 'Escape') {
      this._close();
    } else if (model?.chosen === undefined) {
      return false;
    } else if (key === 'ArrowDown' || key === 'ArrowUp') {
      model.move(key === 'ArrowDown' ? 1 : -1);
    } else if (key === 'Enter' || key === 'Tab') {
      this._accept();
      return true;
    } else {
      return false;
    }
    this._renew();
    return true;
  }

  /** Lets the editor renew its attributes, by an update without change. */
  private _renew(): void {
    this._view.dispatch({});
  }

  private _menu: SlashMenu | undefined;
}
