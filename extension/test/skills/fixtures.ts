import '../browser';

import type { ISkillEntry } from '@llmos-lab/kernel';
import type { IExecutableSkill, IPort, IProblem } from '@llmos-lab/skills';
import { Signal } from '@lumino/signaling';

import { SkillLibrary } from '../../src/skills/library';

/** An index as the kernel's, filled by hand. */
export class FakeIndex {
  constructor(public entries: readonly ISkillEntry[] = []) {}
  shadowed: readonly ISkillEntry[] = [];
  earlier: readonly ISkillEntry[] = [];
  problems: readonly IProblem[] = [];
  revision = 0;
  volumes: readonly string[] = ['user', 'system'];
  readonly changed = new Signal<this, void>(this);
  ready: Promise<void> = Promise.resolve();
  get(id: string): ISkillEntry | undefined {
    return this.entries.find(
      ({ skill }) => skill.id === id || skill.aliases.includes(id)
    );
  }
  forPython(): string {
    return JSON.stringify(this.entries);
  }
  refresh(): Promise<void> {
    return Promise.resolve();
  }
  settled(): Promise<void> {
    return Promise.resolve();
  }
  set(entries: readonly ISkillEntry[]): void {
    this.entries = entries;
    this.changed.emit();
  }
}

interface ISkillSketch {
  readonly name?: string;
  readonly category?: string;
  readonly volume?: string;
  readonly shadows?: readonly string[];
  readonly inputs?: readonly IPort[];
  readonly outputs?: readonly IPort[];
  readonly body?: string;
  readonly code?: string;
}

type ExecutableEntry = ISkillEntry & { readonly skill: IExecutableSkill };

/** An executable skill in a volume. */
export function entryOf(id: string, sketch: ISkillSketch = {}): ExecutableEntry {
  const volume = sketch.volume ?? 'system';
  return {
    skill: {
      kind: 'executable',
      id,
      name: sketch.name ?? id,
      description: `What ${id} does.`,
      category: sketch.category ?? 'quantum',
      keywords: [],
      aliases: [],
      body: sketch.body ?? '',
      type: 'qiskit',
      mode: 'browser-wasm',
      pure: true,
      inputs: sketch.inputs ?? [],
      outputs: sketch.outputs ?? [],
      code: sketch.code ?? '',
      codeLine: 1
    },
    volume,
    path: `${volume}:skills/${id}.md`,
    text: '',
    version: `sha256:${id}`,
    shadows: sketch.shadows ?? []
  };
}

/** A skill that guides the assistant. */
export function contextOf(id: string): ISkillEntry {
  const { skill, ...entry } = entryOf(id, { category: 'coding' });
  const { name, description, category, keywords, aliases } = skill;
  return {
    ...entry,
    skill: {
      kind: 'context',
      id,
      name,
      description,
      category,
      keywords,
      aliases,
      body: '## Approach\nThink.'
    }
  };
}

export const HAMILTONIAN = entryOf('quantum-hamiltonian', {
  name: 'Hamiltonian',
  inputs: [{ name: 'distance', type: 'number', default: 0.735, unit: 'Å' }],
  outputs: [{ name: 'hamiltonian', type: 'object' }]
});

export const VQE = entryOf('quantum-vqe', {
  name: 'VQE Optimizer',
  inputs: [
    { name: 'hamiltonian', type: 'object', required: true },
    { name: 'iterations', type: 'integer', default: 100, minimum: 1, maximum: 10000 }
  ],
  outputs: [{ name: 'eigenvalue', type: 'number', unit: 'Ha' }]
});

/** A library over a hand-filled index, and the index. */
export function libraryOf(...entries: readonly ISkillEntry[]): {
  library: SkillLibrary;
  index: FakeIndex;
} {
  const index = new FakeIndex(entries);
  return { library: new SkillLibrary(index), index };
}
