import type { IFlowCell } from '@llmos-lab/skills';

import { firstMs } from './learning';
import type { RunMemory } from './memory';

/** How long a cell would take in the kernel. */
export interface IKernelTime {
  /** Milliseconds; undefined where nothing is known. */
  readonly ms: number | undefined;
  /** Whether the kernel has packages to load beside that. */
  readonly isOpen: boolean;
}

/** A cell, as far as its packages go. */
export interface ILoadingCell {
  readonly cell: Pick<IFlowCell, 'meaning'>;
  /** Id of the one skill that it calls. */
  readonly skill: string | null;
}

/** What a kernel has loaded by running cells, and how long others would take in it. */
export class KernelLoad {
  constructor(private readonly _memory: RunMemory) {}

  /** Notes that the kernel has run a cell; gives whether it had to load what that needs. */
  note(cell: ILoadingCell): boolean {
    const isFirst = !this._loaded.has(nameOf(cell));
    this._loaded.add(nameOf(cell));
    return isFirst;
  }

  /** The kernel is gone. */
  forget(): void {
    this._loaded.clear();
  }

  /**
   * How long a cell would take once the cells named in `before` have run; it is added to
   * them. `usualMs`: where all that it needs is loaded.
   */
  timeOf(
    cell: ILoadingCell & { readonly isCached: boolean },
    usualMs: number | undefined,
    before: Set<string>
  ): IKernelTime {
    const name = nameOf(cell);
    const isCold = this._loaded.size + before.size === 0;
    if (this._loaded.has(name) || before.has(name)) {
      return { ms: usualMs, isOpen: false };
    }
    before.add(name);
    const first = firstMs(this._memory, cell);
    const isUnknown = cell.isCached ? isCold : usualMs !== undefined;
    return { ms: first ?? usualMs, isOpen: first === undefined && isUnknown };
  }

  private readonly _loaded = new Set<string>();
}

/** What needs the same packages has the same name. */
function nameOf({ cell, skill }: ILoadingCell): string {
  return skill === null ? `cell ${cell.meaning}` : `skill ${skill}`;
}
