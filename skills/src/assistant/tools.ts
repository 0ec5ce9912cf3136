import type { JsonValue } from '../skill/skill';
import {
  checkArguments,
  toJsonSchema,
  type IObjectSchema,
  type Schema
} from './schema';
import type { IToolSpec } from './turn';

/**
 * What a tool does: `read` asks nobody; `change` edits the notebook, which undo takes back;
 * `run` runs code; `keep` writes a skill or a commit into a volume.
 */
export type ToolEffect = 'read' | 'change' | 'run' | 'keep';

/** A tool of the assistant. */
export interface ITool {
  readonly effect: ToolEffect;
  readonly description: string;
  readonly schema: IObjectSchema;
}

const text = (description: string): Schema => ({ type: 'string', description });

const CELL = text('Id of a cell, as read_notebook lists it');

const NEW_CELL: Schema = {
  type: 'object',
  properties: {
    type: { type: 'string', enum: ['code', 'markdown'] },
    source: text('Python or Markdown')
  },
  required: ['type', 'source']
};

const NODE: Schema = {
  type: 'object',
  properties: {
    id: text('A name of your own for this step, used by "from"'),
    skill: text('Id of an executable skill; either this or "code"'),
    code: text(
      'Plain Python, for what no skill does; use the variables of other steps'
    ),
    inputs: {
      type: 'object',
      open: true,
      properties: {},
      description:
        'By input name: a literal value, or {"from": [step or cell id, output]}, or a list of such references'
    }
  },
  required: ['id']
};

/** The assistant's tools, all of them; each does what a documented command does. */
export const TOOLS = {
  search_skills: {
    effect: 'read',
    description:
      'Find skills of the library for a task; gives ids, inputs and outputs.',
    schema: object({ query: text('Words for the task') }, ['query'])
  },
  read_skill: {
    effect: 'read',
    description:
      "Read a skill's whole text: purpose, inputs, outputs, example, limits.",
    schema: object({ skill: text('Id of the skill') }, ['skill'])
  },
  read_notebook: {
    effect: 'read',
    description:
      'Read the open notebook: ids, types, sources and states of its cells, all or some.',
    schema: object({ cells: { type: 'array', items: CELL } }, [])
  },
  read_graph: {
    effect: 'read',
    description:
      'Read which value flows from which cell to which, and how cells stand.',
    schema: object({}, [])
  },
  insert_cells: {
    effect: 'change',
    description:
      'Insert cells. To call skills prefer build_workflow, which checks them.',
    schema: object(
      {
        cells: { type: 'array', minItems: 1, items: NEW_CELL },
        after: text('Id of the cell below which they go; without it, at the end')
      },
      ['cells']
    )
  },
  edit_cell: {
    effect: 'change',
    description: "Replace a cell's whole source.",
    schema: object({ cell: CELL, source: text('The new source') }, ['cell', 'source'])
  },
  connect: {
    effect: 'change',
    description:
      'Write an output of one cell into an input of another that calls a skill.',
    schema: object(
      {
        from: CELL,
        output: text('Output of its skill, or a variable that it defines'),
        to: CELL,
        input: text('Input of the skill that this cell calls')
      },
      ['from', 'output', 'to', 'input']
    )
  },
  run: {
    effect: 'run',
    description:
      'Run cells and what they need; gives how each ended, with its output or error.',
    schema: object(
      {
        choice: {
          type: 'string',
          enum: ['all', 'stale', 'cells'],
          description: 'The whole notebook, what is out of date, or the cells named'
        },
        cells: { type: 'array', items: CELL }
      },
      ['choice']
    )
  },
  read_output: {
    effect: 'read',
    description: "Read a cell's output or error as text.",
    schema: object({ cell: CELL }, ['cell'])
  },
  create_skill: {
    effect: 'keep',
    description:
      "Write a new skill file into the person's volume: YAML front matter, text, one code block.",
    schema: object({ text: text('The whole Markdown file') }, ['text'])
  },
  build_workflow: {
    effect: 'change',
    description:
      'Insert several connected steps at once. Types, inputs and connections are checked first; problems come back to you.',
    schema: object({ nodes: { type: 'array', minItems: 1, items: NODE } }, ['nodes'])
  },
  commit_session: {
    effect: 'keep',
    description:
      'Open the commit of the session: the person sees what goes in and commits it.',
    schema: object({}, [])
  }
} satisfies Record<string, ITool>;

/** Name of a tool. */
export type ToolName = keyof typeof TOOLS;

function object(
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[]
): IObjectSchema {
  return { type: 'object', properties, required };
}

/** Narrows a name that a model gave. */
export function isToolName(name: string): name is ToolName {
  return Object.hasOwn(TOOLS, name);
}

/** All tools as a model is told of them. */
export function toolSpecs(): readonly IToolSpec[] {
  return Object.entries(TOOLS).map(([name, { description, schema }]) => ({
    name,
    description,
    schema: toJsonSchema(schema)
  }));
}

/** What is wrong with a call, for the model; empty when it can be carried out. */
export function checkCall(tool: string, input: JsonValue): readonly string[] {
  return isToolName(tool)
    ? checkArguments(TOOLS[tool].schema, input)
    : [`There is no tool "${tool}". Known are ${Object.keys(TOOLS).join(', ')}.`];
}
