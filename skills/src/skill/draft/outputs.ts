import { analyseCell, definesByImport, skillCalls } from '../../workflow/analyse';
import { buildGraph } from '../../workflow/graph';
import { memberUses } from '../../workflow/memberUses';
import { parsePython } from '../../workflow/python/parse';
import type { IPort } from '../skill';
import type { IBody } from './body';
import type { INameFacts } from './facts';
import type { ICellOptions } from './fromCell';
import { isDefinition } from './resolve';

/** An output of the skill to be, and where its value comes from. */
export interface IDraftOutput {
  /** What the skill declares; a person may edit it. */
  readonly port: IPort;
  /** What the code returns. */
  readonly expression: string;
  /** The variable that the replaced cell gives it to; null when it stays a member. */
  readonly variable: string | null;
  /** True when the value is a skill's outputs, which later cells read by attribute. */
  readonly isOutputs: boolean;
}

/** What a cell gives, and how its text must change for that. */
export interface ICellOutputs {
  readonly outputs: readonly IDraftOutput[];
  readonly kept: readonly string[];
  readonly target: string | undefined;
  /** The cell's code, its last expression named where that is all it gives. */
  readonly code: string;
}

/** Name of the output that a cell's last expression becomes. */
const LAST = 'value';

/** Outputs from what later cells use; of a cell that none uses, all that it defines. */
export function outputsOf(options: ICellOptions, body: IBody): ICellOutputs {
  const code = body.source;
  const analysis = analyseCell(code);
  const { defines, mutates } = analysis;
  const { statements } = parsePython(code);
  const definitions = statements.filter(isDefinition);
  const isCode = (name: string): boolean =>
    definesByImport(analysis, name) ||
    definitions.some(each => each.name === name) ||
    options.facts?.[name]?.kind === 'code';
  const used = usedBelow(options, code);
  const needed = withNeedsOfCode(used, definitions, code);
  const kept = statements
    .filter(statement =>
      statement.kind === 'Import'
        ? statement.names.some(each => needed.has(each.name))
        : isDefinition(statement) && needed.has(statement.name)
    )
    .map(({ start, end }) => code.slice(start, end).trimEnd());
  const own = [...new Set([...defines, ...mutates])].sort();
  const wanted =
    used.size > 0
      ? own.filter(name => needed.has(name) && !isCode(name))
      : own.filter(name => !isCode(name) && !name.startsWith('_'));
  if (wanted.length > 0 || used.size > 0) {
    return { ...describe(options, code, wanted), kept, code };
  }
  const last = statements[statements.length - 1];
  if (last?.kind !== 'Expression') {
    return { outputs: [], kept, target: undefined, code };
  }
  const named = `${code.slice(0, last.start)}${LAST} = ${code.slice(last.start).replace(/;\s*$/, '')}`;
  const port: IPort = { name: LAST, type: 'any' };
  const output = { port, expression: LAST, variable: null, isOutputs: false };
  return { outputs: [output], kept, target: undefined, code: named };
}

/** Names of the cell that cells below read before they bind them anew. */
function usedBelow({ above, below }: ICellOptions, code: string): Set<string> {
  const cells = [...above, code, ...below].map((source, at) => ({
    id: String(at),
    source
  }));
  const own = String(above.length);
  return new Set(
    buildGraph(cells)
      .edges.filter(({ from, to, late }) => from === own && to !== own && !late)
      .map(({ name }) => name)
  );
}

/** Functions that stay in the notebook need what they use there too. */
function withNeedsOfCode(
  used: ReadonlySet<string>,
  definitions: readonly { name: string; start: number; end: number }[],
  code: string
): ReadonlySet<string> {
  const needed = new Set(used);
  for (let size = -1; size !== needed.size;) {
    size = needed.size;
    definitions
      .filter(({ name }) => needed.has(name))
      .flatMap(({ start, end }) => analyseCell(code.slice(start, end)).uses)
      .forEach(name => needed.add(name));
  }
  return needed;
}

type Described = Pick<ICellOutputs, 'outputs' | 'target'>;

function describe(
  options: ICellOptions,
  code: string,
  names: readonly string[]
): Described {
  const calls = new Map(
    skillCalls(analyseCell(code)).flatMap(({ target, skill }) =>
      target === null ? [] : [[target, skill] as const]
    )
  );
  const [name, more] = names;
  const id = name === undefined ? undefined : calls.get(name);
  if (name !== undefined && id !== undefined && more === undefined) {
    const members = membersOf(options, name, id);
    if (members.length > 0) {
      // The new skill's result takes the variable's place, so later cells stay as they are.
      return { target: name, outputs: members };
    }
  }
  const outputs = names.map(each => {
    const facts = options.facts?.[each];
    const isOutputs = calls.has(each) || facts?.form === 'outputs';
    const port = portOf(each, isOutputs ? { ...facts, type: 'object' } : facts);
    return { port, expression: each, variable: each, isOutputs };
  });
  return { target: undefined, outputs };
}

/** The members of a skill's result that cells below read; all of them when none does. */
function membersOf(
  { below, facts, find }: ICellOptions,
  name: string,
  id: string
): readonly IDraftOutput[] {
  const skill = find?.(id);
  const uses = below.map(source => memberUses(source, name));
  const read = [...new Set(uses.flatMap(({ members }) => members))].sort();
  const all = skill?.outputs.map(port => port.name) ?? [];
  const isWhole = uses.some(({ whole }) => whole);
  const members = isWhole || read.length === 0 ? all : read;
  return members.map(member => {
    const declared = skill?.outputs.find(port => port.name === member);
    const known = facts?.[name]?.members?.[member];
    return {
      port: declared ?? portOf(member, known),
      expression: `${name}[${JSON.stringify(member)}]`,
      variable: null,
      isOutputs: false
    };
  });
}

function portOf(name: string, facts: Partial<INameFacts> | undefined): IPort {
  return { name, type: facts?.type ?? 'any' };
}
