import { MenuSvg } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import type { Message } from '@lumino/messaging';
import { Signal, type ISignal } from '@lumino/signaling';

/** A menu that tells which of its commands a person looks at, by mouse or by keys. */
export class RunMenu extends MenuSvg {
  constructor(commands: CommandRegistry, items: readonly string[]) {
    super({ commands });
    this.addClass('llmos-RunMenu');
    items.forEach(command => this.addItem({ command }));
    this.aboutToClose.connect(() => {
      this._look(null);
      // Else nothing would have the focus that the menu has now.
      this._opener?.focus({ preventScroll: true });
    });
  }

  /** Opens below what opens it, which has the focus again when it closes. */
  openBelow(opener: HTMLElement): void {
    const { left, bottom } = opener.getBoundingClientRect();
    this._opener = opener;
    this.open(left, bottom);
  }

  /** Emits the command, or null when none is looked at. */
  get lookedAt(): ISignal<this, string | null> {
    return this._lookedAt;
  }

  /** Lumino asks for an update whenever the active item changes. */
  protected override onUpdateRequest(message: Message): void {
    super.onUpdateRequest(message);
    this._look(this.isAttached ? (this.activeItem?.command ?? null) : null);
  }

  private _look(command: string | null): void {
    if (command !== this._command) {
      this._command = command;
      this._lookedAt.emit(command);
    }
  }

  private readonly _lookedAt = new Signal<this, string | null>(this);
  private _command: string | null = null;
  private _opener: HTMLElement | null = null;
}
