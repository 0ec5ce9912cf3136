import type { ICellSource } from '../../src/workflow/graph';

/**
 * A notebook of many small cells as people write them: imports, functions, skill calls,
 * data frames, plots. Cell `n` builds on cells shortly before it.
 */
export function createNotebook(count: number): readonly ICellSource[] {
  return Array.from({ length: count }, (_, n) => ({
    id: `c${n}`,
    source: (KINDS[n % KINDS.length] ?? plain)(n)
  }));
}

const from = (n: number, back: number): string => `v${Math.max(0, n - back)}`;

const plain = (n: number): string =>
  `v${n} = ${n === 0 ? 1 : `${from(n, 1)} * 2 + ${n}`}`;

const KINDS: readonly ((n: number) => string)[] = [
  plain,
  n =>
    `def f${n}(x, scale=${from(n, 1)}, *rest, **options):\n` +
    `    """Scaled sum over {rest}."""\n` +
    `    total = sum(r * scale for r in rest if r is not None)\n` +
    `    return total + x\n\n` +
    `v${n} = f${n}(${from(n, 3)}, limit=10)`,
  n => `v${n} = await skill("quantum-vqe")(hamiltonian=${from(n, 1)}, iterations=${n})`,
  n =>
    `rows${n} = []\nfor i, (a, b) in enumerate(zip(${from(n, 1)}, ${from(n, 2)})):\n` +
    `    if a > b:\n        rows${n}.append({"i": i, "a": a, "b": b})\n` +
    `    else:\n        continue\nv${n} = len(rows${n})`,
  n =>
    `fig${n}, ax${n} = plt.subplots(figsize=(8, 4))\n` +
    `ax${n}.plot(${from(n, 1)}, label=f"run {${from(n, 2)}:.3f} of ${n}")\n` +
    `ax${n}.set_title("Energy" + str(${from(n, 3)}))\nv${n} = fig${n}`,
  n =>
    `with open(f"out-{${from(n, 1)}}.csv") as handle:\n` +
    `    v${n} = [line.split(",")[0] for line in handle if line.strip()]`,
  n =>
    `try:\n    v${n} = {k: w for k, w in ${from(n, 1)}.items() if w}\n` +
    `except (KeyError, ValueError) as error:\n    print(error)\n    v${n} = {}`,
  n =>
    `class Model${n}(Base):\n    rate: float = ${from(n, 1)}\n\n` +
    `    def __init__(self, size):\n        super().__init__()\n` +
    `        self.size = size * self.rate\n\nv${n} = Model${n}(size=${from(n, 2)})`
];

/** One cell of so many lines, as pasted scripts are. */
export function createLongCell(lines: number): string {
  const parts: string[] = [];
  for (let n = 0, count = 0; count < lines; n++) {
    const source = (KINDS[n % KINDS.length] ?? plain)(n);
    parts.push(source);
    count += source.split('\n').length;
  }
  return parts.join('\n').split('\n').slice(0, lines).join('\n');
}
