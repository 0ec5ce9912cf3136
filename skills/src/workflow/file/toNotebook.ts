import { targetName, toCell, type CellArgument } from '../../skill/cell';
import { isPythonName } from '../../skill/ports';
import { readPython } from '../../skill/python';
import type { IExecutableSkill, IPort, ISkill } from '../../skill/skill';
import { sameJson } from '../../skill/values';
import type { INotebookCell } from '../change/change';
import { IMPORT_LINE, importsSkill } from '../change/importLine';
import { withPosition } from '../change/place';
import { analyseCell, namesIn, skillCalls } from '../analyse';
import { onlyCall, readMember } from '../calls';
import { inOrder } from './links';
import {
  isSkillNode,
  type IWorkflow,
  type IWorkflowSkill,
  type WorkflowInput,
  type WorkflowNode
} from './workflow';

type Find = (id: string) => ISkill | undefined;

/**
 * The cells of a notebook that is this workflow. A skill that `find` does not know keeps
 * its call as the file says it. `newId` gives ids to cells whose node has none that a
 * notebook can use.
 */
export function fromWorkflow(
  { nodes, notes }: IWorkflow,
  find: Find,
  newId: () => string
): readonly INotebookCell[] {
  const { ordered, cyclic } = inOrder(nodes);
  const all = [...ordered, ...cyclic];
  const targets = targetsOf(nodes);
  const cells = all.flatMap(node => [
    ...notes.filter(({ before }) => before === node.id).map(note),
    codeCell(node, targets, find, newId)
  ]);
  const last = notes.filter(({ before }) => before === null).map(note);
  const list = [...cells, ...last];
  const needsImport = list.some(
    ({ type, source }) => type === 'code' && analyseCell(source).uses.includes('skill')
  );
  if (!needsImport || list.some(importsSkill)) {
    return list;
  }
  const at = list.findIndex(({ type }) => type === 'code');
  const line = {
    id: newId(),
    type: 'code',
    source: IMPORT_LINE,
    metadata: {}
  } as const;
  return [...list.slice(0, at), line, ...list.slice(at)];

  function note({ text }: { readonly text: string }): INotebookCell {
    return { id: newId(), type: 'markdown', source: text, metadata: {} };
  }
}

function codeCell(
  node: WorkflowNode,
  targets: ReadonlyMap<string, string | null>,
  find: Find,
  newId: () => string
): INotebookCell {
  const id = /^[A-Za-z0-9_-]{1,64}$/.test(node.id) ? node.id : newId();
  const position = node.placed ? node.position : null;
  const { loose = false } = node;
  if (!isSkillNode(node)) {
    const cell = { id, type: 'code', source: node.code, metadata: {} } as const;
    return withPosition(cell, position, loose);
  }
  const { skill, version, source } = node;
  const llmos = { v: 1, skill, ...(version === undefined ? {} : { version }) };
  const text =
    source !== undefined && agrees(source, node, targets)
      ? source
      : cellSource(node, targets, find);
  return withPosition(
    { id, type: 'code', source: text, metadata: { llmos } },
    position,
    loose
  );
}

/**
 * Whether a cell's text does nothing but call the skill with the inputs of its node,
 * which count: a file shows no code that its nodes do not tell of.
 */
function agrees(
  source: string,
  node: IWorkflowSkill,
  targets: ReadonlyMap<string, string | null>
): boolean {
  const analysis = analyseCell(source);
  const call = onlyCall({ analysis, calls: skillCalls(analysis) });
  const inputs = Object.entries(node.inputs);
  const isSame = call?.skill === node.skill && call.target === targets.get(node.id);
  if (!isSame || call.arguments.length !== inputs.length) {
    return false;
  }
  return call.arguments.every(({ name, valueStart, valueEnd }, index) => {
    const [key, input] = inputs[index] ?? [];
    const text = source.slice(valueStart, valueEnd);
    if (!input || (name !== null && name !== key)) {
      return false;
    }
    const argument = toArgument(input, targets);
    return 'value' in argument
      ? sameJson(readPython(text), argument.value)
      : sameSource(text, argument.source);
  });
}

/** `h["energy"]` and `h.energy` are the same output. */
function sameSource(a: string, b: string): boolean {
  const [one, other] = [readMember(a), readMember(b)];
  return (
    a === b || (one !== null && one.name === other?.name && one.output === other.output)
  );
}

/**
 * The variable of each skill node: as the file says, else its id; one whose id is no name
 * in Python gets a free one, as a skill that is added to a notebook.
 */
function targetsOf(nodes: readonly WorkflowNode[]): ReadonlyMap<string, string | null> {
  const skills = nodes.filter(isSkillNode);
  const targets = new Map(
    skills.flatMap(({ id, target = isPythonName(id) ? id : undefined }) =>
      target === undefined ? [] : [[id, target] as const]
    )
  );
  const code = nodes.flatMap(node => (isSkillNode(node) ? [] : analyseCell(node.code)));
  const taken = new Set(
    [...namesIn(code), ...targets.values()].filter(name => name !== null)
  );
  for (const { id, skill } of skills) {
    if (!targets.has(id)) {
      const name = targetName(skill, taken);
      taken.add(name);
      targets.set(id, name);
    }
  }
  return targets;
}

/** The cell of a skill node, in the form that the product writes. */
export function cellSource(
  node: Pick<IWorkflowSkill, 'id' | 'skill' | 'inputs'>,
  targets: ReadonlyMap<string, string | null>,
  find: Find
): string {
  const values = Object.fromEntries(
    Object.entries(node.inputs).map(([name, input]) => [
      name,
      toArgument(input, targets)
    ])
  );
  const known = find(node.skill);
  const skill = known?.kind === 'executable' ? known : null;
  const inputs = portsOf(skill, Object.keys(values));
  return toCell({ ...shell(node.skill), inputs }, targets.get(node.id) ?? null, values);
}

/** The skill's inputs in their order, and others that the file names; none is required. */
function portsOf(
  skill: IExecutableSkill | null,
  names: readonly string[]
): readonly IPort[] {
  const known = skill?.inputs ?? [];
  const others = names.filter(name => !known.some(port => port.name === name));
  return [...known.map(port => port.name), ...others].map(name => ({
    name,
    type: 'any'
  }));
}

function toArgument(
  input: WorkflowInput,
  targets: ReadonlyMap<string, string | null>
): CellArgument {
  if ('value' in input) {
    return { value: input.value };
  }
  if ('expression' in input) {
    return { source: input.expression };
  }
  const [node, output] = input.from;
  const target = targets.get(node);
  return { source: target ? `${target}.${output}` : output };
}

/** A skill of which only the id is known. */
function shell(id: string): IExecutableSkill {
  return {
    ...{ kind: 'executable', id, name: id, description: '', category: '' },
    ...{ keywords: [], aliases: [], body: '', type: 'python-wasm' },
    ...{ mode: 'browser-wasm', pure: true, inputs: [], outputs: [] },
    ...{ code: '', codeLine: 1 }
  } as const;
}
