import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

/**
 * Chromium's offer to install a site as an app, held back until a person asks for it.
 * No other browser has it: there the browser's own menu installs sites.
 *
 * https://developer.mozilla.org/docs/Web/API/BeforeInstallPromptEvent
 */
interface IInstallEvent extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

/** Whether the site can be installed as an app, and the question to do so. */
export class InstallPrompt implements IDisposable {
  constructor(
    private readonly _page: Pick<Window, 'addEventListener' | 'removeEventListener'>
  ) {
    _page.addEventListener('beforeinstallprompt', this._onOffer);
    _page.addEventListener('appinstalled', this._onInstalled);
  }

  get isReady(): boolean {
    return this._offer !== null;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    this._page.removeEventListener('beforeinstallprompt', this._onOffer);
    this._page.removeEventListener('appinstalled', this._onInstalled);
    Signal.clearData(this);
  }

  /** Shows the browser's question. An offer can be used once. */
  async ask(): Promise<void> {
    const offer = this._offer;
    this._set(null);
    await offer?.prompt();
  }

  private _set(offer: IInstallEvent | null): void {
    this._offer = offer;
    this._changed.emit();
  }

  private readonly _onOffer = (event: Event): void => {
    event.preventDefault();
    this._set(event as IInstallEvent);
  };

  private readonly _onInstalled = (): void => this._set(null);

  private readonly _changed = new Signal<this, void>(this);
  private _offer: IInstallEvent | null = null;
  private _isDisposed = false;
}
