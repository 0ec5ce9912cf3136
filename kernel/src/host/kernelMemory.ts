import { Signal, type ISignal } from '@lumino/signaling';
import type { IKernelMemory } from './tokens';

/** Keeps what the kernels last told. */
export class KernelMemory implements IKernelMemory {
  get kernels(): ReadonlyMap<string, number> {
    return this._kernels;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  report(kernel: string, bytes: number | null): void {
    if (this._kernels.get(kernel) === (bytes ?? undefined)) {
      return;
    }
    if (bytes === null) {
      this._kernels.delete(kernel);
    } else {
      this._kernels.set(kernel, bytes);
    }
    this._changed.emit();
  }

  private readonly _kernels = new Map<string, number>();
  private readonly _changed = new Signal<this, void>(this);
}
