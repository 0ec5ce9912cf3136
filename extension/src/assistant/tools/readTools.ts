import { fence, rankForQuestion, skillText, type ToolName } from '@llmos-lab/skills';

import { outputText } from '../notebookFacts';
import {
  done,
  factsOf,
  failed,
  panelOf,
  type IToolContext,
  type IToolResult,
  type ToolArgs
} from './toolContext';

const READ_TOOLS = [
  ...(['search_skills', 'read_skill', 'read_notebook'] as const),
  ...(['read_graph', 'read_output'] as const)
];

/** A tool that only reads. */
export type ReadTool = (typeof READ_TOOLS)[number];

/** Whether a tool only reads. */
export function isReadTool(tool: ToolName): tool is ReadTool {
  return (READ_TOOLS as readonly ToolName[]).includes(tool);
}

/** Carries out a tool that only reads. */
export function readTool(
  context: IToolContext,
  tool: ReadTool,
  args: ToolArgs
): IToolResult {
  switch (tool) {
    case 'search_skills':
      return search(context, String(args['query']));
    case 'read_skill':
      return readSkill(context, String(args['skill']));
    case 'read_notebook':
      return readNotebook(context, args['cells'] as readonly string[] | undefined);
    case 'read_graph':
      return readGraph(context);
    case 'read_output':
      return readOutput(context, String(args['cell']));
  }
}

function search({ library }: IToolContext, query: string): IToolResult {
  const skills = library.entries.map(({ skill }) => skill);
  const found = rankForQuestion(skills, query, 8).flatMap(
    ({ id }) => skills.find(skill => skill.id === id) ?? []
  );
  const lines = found.map(skill => {
    const ports =
      skill.kind === 'executable'
        ? ` (${skill.inputs.map(({ name, type }) => `${name}: ${type}`).join(', ')}) → ${skill.outputs.map(({ name, type }) => `${name}: ${type}`).join(', ')}`
        : ' (guide)';
    return `${skill.id}${ports} – ${skill.description}`;
  });
  return done(lines.length > 0 ? fence('Skills', lines.join('\n')) : 'None fits.');
}

function readSkill({ library }: IToolContext, id: string): IToolResult {
  const entry = library.get(id);
  return entry
    ? done(fence(`Skill ${entry.skill.id}`, skillText(entry.skill)))
    : failed(`There is no skill "${id}". Use search_skills.`);
}

function readNotebook(
  context: IToolContext,
  ids: readonly string[] | undefined
): IToolResult {
  const { cells, path } = factsOf(context);
  const wanted = cells.filter(({ id }) => !ids || ids.includes(id));
  const text = wanted
    .map(({ id, type, state, error, source }) =>
      [
        `[${id}] ${type}${state ? `, ${state}` : ''}`,
        error ? `Error: ${error}` : '',
        source
      ]
        .filter(line => line !== '')
        .join('\n')
    )
    .join('\n\n');
  return done(fence(`Notebook ${path}`, text));
}

function readGraph(context: IToolContext): IToolResult {
  const { cells, graph } = factsOf(context);
  const states = cells.map(({ id, state }) => `${id}: ${state ?? 'text'}`);
  return done(fence('Graph', [...graph, '', ...states].join('\n')));
}

function readOutput(context: IToolContext, id: string): IToolResult {
  const text = outputText(panelOf(context), id);
  return text === null
    ? failed(`The notebook has no cell "${id}".`)
    : done(text === '' ? 'The cell shows nothing.' : fence(`Output of ${id}`, text));
}
