import type { ISkillEntry } from '@llmos-lab/kernel';
import { Signal, type ISignal } from '@lumino/signaling';

/** Most skills that the menu lists at a time. */
const LIMIT = 50;

/**
 * What a cell's text asks the menu for: the words after a slash that stands alone at its
 * beginning. Undefined when the text is something else.
 *
 * @example
 * slashQuery('/vqe'); // 'vqe'
 */
export function slashQuery(text: string): string | undefined {
  return /^\/([\p{L}\p{N} ._-]{0,60})$/u.exec(text)?.[1];
}

/** What the slash menu shows: the skills that fit, and the one that is marked. */
export class SlashMenuModel {
  constructor(private readonly _search: (query: string) => readonly ISkillEntry[]) {
    this._found = this._find('');
  }

  get found(): readonly ISkillEntry[] {
    return this._found;
  }

  /** Index of the marked skill; 0 also when there is none. */
  get marked(): number {
    return this._marked;
  }

  /** Id of the marked skill. */
  get chosen(): string | undefined {
    return this._found[this._marked]?.skill.id;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Searches anew; the best match is marked then. */
  setQuery(query: string): void {
    this._found = this._find(query);
    this.mark(0);
  }

  /** Moves the mark, from the last skill to the first and back. */
  move(step: number): void {
    const count = this._found.length;
    this.mark(count === 0 ? 0 : (this._marked + step + count) % count);
  }

  mark(index: number): void {
    this._marked = index;
    this._changed.emit();
  }

  private _find(query: string): readonly ISkillEntry[] {
    return this._search(query)
      .filter(({ skill }) => skill.kind === 'executable')
      .slice(0, LIMIT);
  }

  private readonly _changed = new Signal<this, void>(this);
  private _found: readonly ISkillEntry[];
  private _marked = 0;
}
