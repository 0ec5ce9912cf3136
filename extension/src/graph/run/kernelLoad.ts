import type { IFlowCell } from '@llmos-lab/skills';

import { firstTime, type IKnownTime } from './learning';
import type { RunMemory } from './memory';

/** How long a cell would take in the kernel. */
export interface IKernelTime {
  /** Undefined where nothing is known. */
  readonly time: IKnownTime | undefined;
  /** Whether the kernel has packages to load beside that. */
  readonly isOpen: boolean;
  /** Whether it takes less: the time holds the loading of packages that are there. */
  readonly isMost: boolean;
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
   * them. `usual`: where all that it needs is loaded.
   */
  timeOf(
    cell: ILoadingCell & { readonly isCached: boolean },
    usual: IKnownTime | undefined,
    before: Set<string>
  ): IKernelTime {
    const name = nameOf(cell);
    const isCold = this._loaded.size + before.size === 0;
    if (before.has(name)) {
      return { time: usual, isOpen: false, isMost: false };
    }
    const first = firstTime(this._memory, cell);
    if (this._loaded.has(name)) {
      // Where its first run was the only one so far: that took longer.
      const time = usual ?? (cell.isCached ? undefined : first);
      return { time, isOpen: false, isMost: time !== usual };
    }
    before.add(name);
    const isUnknown = cell.isCached ? isCold : usual !== undefined;
    const isOpen = first === undefined && isUnknown;
    return { time: first ?? usual, isOpen, isMost: false };
  }

  private readonly _loaded = new Set<string>();
}

/** What needs the same packages has the same name. */
function nameOf({ cell, skill }: ILoadingCell): string {
  return skill === null ? `cell ${cell.meaning}` : `skill ${skill}`;
}
