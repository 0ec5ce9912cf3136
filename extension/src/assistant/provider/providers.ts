import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import type { IChatProvider } from '../tokens';

/** The providers of models, by id: the product's own, and those of other extensions. */
export class ChatProviders {
  /** Emits when one came or went. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get all(): readonly IChatProvider[] {
    return [...this._providers.values()];
  }

  get(id: string): IChatProvider | null {
    return this._providers.get(id) ?? null;
  }

  /** Adds one, in place of another of its id; disposing takes it back. */
  add(provider: IChatProvider): IDisposable {
    const { id } = provider;
    this._providers.set(id, provider);
    this._changed.emit();
    return new DisposableDelegate(() => {
      if (this._providers.get(id) === provider) {
        this._providers.delete(id);
        this._changed.emit();
      }
    });
  }

  private readonly _providers = new Map<string, IChatProvider>();
  private readonly _changed = new Signal<this, void>(this);
}
