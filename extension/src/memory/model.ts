/** How much memory the page's Pythons hold: kernels by notebook, workers of the pool. */

import { VDomModel } from '@jupyterlab/ui-components';
import type { IRuntimeHost } from '@llmos-lab/kernel';

/** One holder of memory. */
export interface IHolder {
  /** Name of the notebook, or of the skill that a worker runs; empty in an idle one. */
  readonly name: string;
  readonly kind: 'kernel' | 'worker';
  readonly bytes: number;
}

/** Who holds how much memory now; follows kernels and the pool by their signals. */
export class MemoryModel extends VDomModel {
  /** `nameOf` finds a kernel's notebook. */
  constructor(
    private readonly _host: Pick<IRuntimeHost, 'memory' | 'pool'>,
    private readonly _nameOf: (kernel: string) => string
  ) {
    super();
    _host.memory.changed.connect(this._onChanged, this);
    _host.pool.changed.connect(this._onChanged, this);
  }

  /** Those that have told how much they hold. */
  get holders(): readonly IHolder[] {
    const kernels = [...this._host.memory.kernels].map(([id, bytes]) => ({
      name: this._nameOf(id),
      kind: 'kernel' as const,
      bytes
    }));
    const workers = this._host.pool.workers.flatMap(({ skill = '', memory }) =>
      memory === undefined
        ? []
        : [{ name: skill, kind: 'worker' as const, bytes: memory }]
    );
    return [...kernels, ...workers];
  }

  private _onChanged(): void {
    this.stateChanged.emit();
  }
}

/** `92 MB`, `1.4 GB`. */
export function formatBytes(bytes: number): string {
  const megabytes = bytes / 2 ** 20;
  return megabytes < 1000
    ? `${Math.round(megabytes)} MB`
    : `${(megabytes / 1024).toFixed(1)} GB`;
}
