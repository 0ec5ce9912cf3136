import { parseSkillFile, type IProblem, type ISkill } from '@llmos-lab/skills';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import type { TestModel } from './testModel';

/** Tabs beside a skill's text. */
export type SideTab = 'preview' | 'test';

/** A skill's text as it is being edited: what it says now, and what is wrong with it. */
export class SkillEditorModel implements IDisposable {
  constructor(
    readonly test: TestModel,
    private readonly _path: () => string
  ) {
    test.changed.connect(this._onTest, this);
  }

  /** Undefined while the text has errors. */
  get skill(): ISkill | undefined {
    return this._skill;
  }

  get problems(): readonly IProblem[] {
    return this._problems;
  }

  get tab(): SideTab {
    return this._tab;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this.test.dispose();
      Signal.clearData(this);
    }
  }

  setTab(tab: SideTab): void {
    this._tab = tab;
    this._changed.emit();
  }

  /** Takes the text in after an edit, and gives what is wrong with it. */
  setText(text: string): readonly IProblem[] {
    const path = this._path();
    if (!this._isDisposed && (text !== this._read?.text || path !== this._read.path)) {
      this._read = { text, path };
      const { skill, problems } = parseSkillFile({ path, text });
      this._skill = skill ?? undefined;
      this._problems = problems;
      this._changed.emit();
    }
    return this._problems;
  }

  private _onTest(): void {
    this._changed.emit();
  }

  private readonly _changed = new Signal<this, void>(this);
  private _read: { readonly text: string; readonly path: string } | undefined;
  private _skill: ISkill | undefined;
  private _problems: readonly IProblem[] = [];
  private _tab: SideTab = 'preview';
  private _isDisposed = false;
}
