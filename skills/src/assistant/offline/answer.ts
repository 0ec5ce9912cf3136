import { searchSkills } from '../../skill/search';
import type { ISkill } from '../../skill/skill';
import { clausesOf, rankForQuestion } from '../choose';
import type { IContextCell, INotebookFacts } from '../context';
import type { IPlanStep } from '../plan';
import { chainSkills, exampleSources } from './chain';
import { describeCell, explainState, graphOfCells } from './cells';
import { explainError } from './errors';

/** An answer from the library alone. */
export interface IOfflineAnswer {
  readonly markdown: string;
  /** Ids, best first: their chips open them and insert them. */
  readonly skills: readonly string[];
  /** Steps that do what was asked, where skills fit together by their ports. */
  readonly workflow: readonly IPlanStep[] | null;
}

/** What an answer is made from. */
export interface IOfflineInput {
  readonly question: string;
  readonly skills: readonly ISkill[];
  /** Skills offered at most. */
  readonly maxSkills: number;
  readonly notebook?: INotebookFacts;
}

const ABOUT_CELL =
  /\b(?:what (?:does|is)|explain|describe)\b.*\b(?:this|the|selected)\b.*\bcell\b|\bexplain this\b|\bwhat does (?:this|it) do\b/i;
const ABOUT_STATE =
  /\bwhy\b.*\b(?:stale|blocked|waiting|out of date|not run|grey|cancelled|cached)\b/i;
const ABOUT_ERROR =
  /\b(?:this|the|that|last|my)\b.*\b(?:error|exception|traceback)\b|\bwhy\b.*\bfail|\bfix (?:this|it|the)\b|\bwhat went wrong\b/i;
/** An error pasted into the question. */
const PASTED = /\b\w*(?:Error|Exception|Interrupt): .+/;

/**
 * Answers without a model: about the selected cell, its state, an error, else with the
 * skills for the question, explained from their own text.
 */
export function answerOffline(input: IOfflineInput): IOfflineAnswer {
  const { question, notebook, skills } = input;
  const cell = notebook?.cells.find(({ id }) => id === notebook.selected);
  const find = (id: string): ISkill | undefined =>
    skills.find(skill => skill.id === id || skill.aliases.includes(id));
  if (ABOUT_STATE.test(question)) {
    return plain(explainState(cell), cell, find);
  }
  const pasted = PASTED.exec(question)?.[0];
  if (pasted !== undefined || ABOUT_ERROR.test(question)) {
    const failed = cell?.error === undefined ? lastFailed(notebook) : cell;
    const error = pasted ?? failed?.error;
    if (error !== undefined) {
      const graph = notebook ? graphOfCells(notebook.cells) : null;
      return plain(explainError(error, graph), failed, find);
    }
    if (ABOUT_ERROR.test(question) && !/\bfix\b/i.test(question)) {
      return plain('No cell of this notebook shows an error now.', undefined, find);
    }
  }
  if (notebook && ABOUT_CELL.test(question)) {
    const text = describeCell(notebook.cells, notebook.selected ?? '', find);
    return plain(text, cell, find);
  }
  return withSkills(input);
}

function lastFailed(notebook: INotebookFacts | undefined): IContextCell | undefined {
  return notebook?.cells.filter(({ error }) => error !== undefined).pop();
}

/** An answer about a cell; the skill that it calls stands as a chip beside it. */
function plain(
  markdown: string,
  cell: IContextCell | undefined,
  find: (id: string) => ISkill | undefined
): IOfflineAnswer {
  const calls =
    cell?.type === 'code' ? graphOfCells([cell]).cells[0]?.calls : undefined;
  const ids = (calls ?? []).flatMap(({ skill }) => find(skill)?.id ?? []);
  return { markdown, skills: [...new Set(ids)], workflow: null };
}

function withSkills({ question, skills, maxSkills }: IOfflineInput): IOfflineAnswer {
  const byId = new Map(skills.map(skill => [skill.id, skill]));
  const ranked = rankForQuestion(skills, question, Math.max(1, maxSkills)).flatMap(
    ({ id }) => byId.get(id) ?? []
  );
  const [first, ...others] = ranked;
  if (!first) {
    return {
      markdown:
        'No skill of the library fits these words. Try others, such as *plot*, *filter* or *ground state*, or browse the Skills panel. With a key for a model I can answer freely.',
      skills: [],
      workflow: null
    };
  }
  const wanted = wantedSkills(skills, question);
  const workflow = chainSkills(skills, wanted.length > 0 ? wanted : [first], question);
  const inChain = new Set(workflow?.map(({ skill }) => skill));
  const more = (workflow ? ranked : others)
    .filter(({ id }) => !inChain.has(id))
    .map(({ id, name, description }) => `- **${name}** (\`${id}\`): ${description}`);
  return {
    markdown: [
      ...(workflow && wanted.length > 1 ? [] : [explainSkill(first)]),
      ...(workflow ? [workflowText(workflow, byId)] : []),
      ...(more.length > 0 ? ['**Also near**', more.join('\n')] : [])
    ].join('\n\n'),
    skills: ranked.map(({ id }) => id),
    workflow
  };
}

/**
 * For each part of the question the skills that it names by words of their own: the best
 * one, and others for words that it does not answer ("VQE for H2").
 */
function wantedSkills(skills: readonly ISkill[], question: string): readonly ISkill[] {
  const found = clausesOf(question).flatMap(part => {
    const open = new Set(wordsOf(part));
    return searchSkills(skills, part, 4).flatMap(({ id }) => {
      const skill = skills.find(each => each.id === id);
      const own =
        skill?.kind === 'executable'
          ? wordsOf([skill.id, skill.name, ...skill.keywords].join(' '))
          : [];
      const met = own.filter(word => open.has(word));
      met.forEach(word => open.delete(word));
      return skill && met.length > 0 ? [skill] : [];
    });
  });
  return [...new Set(found)];
}

/** Words without their plural, as the search compares them. */
function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word.length > 1)
    .map(word => (word.length > 3 ? word.replace(/s$/, '') : word));
}

function workflowText(
  steps: readonly IPlanStep[],
  byId: ReadonlyMap<string, ISkill>
): string {
  const lines = steps.map(({ skill = '' }, index) => {
    const { name = skill, description = '' } = byId.get(skill) ?? {};
    return `${index + 1}. **${name}** (\`${skill}\`): ${description}`;
  });
  return `These skills fit together by their inputs and outputs:\n\n${lines.join('\n')}`;
}

/** A skill from its own text: what it is, when to use it, an example call. */
export function explainSkill(skill: ISkill): string {
  const when = sectionOf(skill.body, 'When to use');
  const example = exampleSources(skill)[0];
  const approach = skill.kind === 'context' ? sectionOf(skill.body, 'Approach') : '';
  return [
    `**${skill.name}** (\`${skill.id}\`): ${skill.description}`,
    when === '' ? '' : `*When to use.* ${when}`,
    approach,
    example === undefined ? '' : `\`\`\`python\n${example}\n\`\`\``
  ]
    .filter(part => part !== '')
    .join('\n\n');
}

/** The text under a heading, without the blocks in it. */
function sectionOf(body: string, title: string): string {
  const lines = body.split('\n');
  const start = lines.findIndex(
    line => /^#{1,3}\s/.test(line) && line.replace(/^#+\s*/, '').trim() === title
  );
  const rest = start < 0 ? [] : lines.slice(start + 1);
  const end = rest.findIndex(line => /^#{1,3}\s|^\s*(?:~~~|```)/.test(line));
  return (end < 0 ? rest : rest.slice(0, end)).join('\n').trim();
}
