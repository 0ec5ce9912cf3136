import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { NotebookPanel } from '@jupyterlab/notebook';
import {
  checkCall,
  fence,
  isChangeTool,
  isToolName,
  parseSkill,
  permissionFor,
  planChange,
  rankForQuestion,
  skillText,
  withChoice,
  type ChangeTool,
  type IPermissions,
  type IToolCall,
  type PermissionChoice,
  type RunChoice,
  type StepStatus,
  type ToolName
} from '@llmos-lab/skills';
import { UUID } from '@lumino/coreutils';

import { newSkillPath, saveSkillText } from './saveSkill';
import { CommandIDs } from '../../commands';
import { editContext } from '../../graph/edit/editContext';
import { readCells, writeCells } from '../../graph/edit/notebookCells';
import type { INotebookRuns } from '../../graph/run/tokens';
import type { INotebookGraphs } from '../../graph/tokens';
import type { ISkillLibrary } from '../../tokens';
import { notebookFacts, outputText } from '../notebookFacts';
import { cellChanges, type ICellChange } from './changeView';

/** What a tool wants to do, for the person to decide. */
export interface IApproval {
  readonly tool: ToolName;
  /** Cells as they are and as they would be. */
  readonly changes: readonly ICellChange[];
  /** Other text that would be written or run. */
  readonly text: string;
}

/** The person's word: a choice of `PermissionChoice`, or no. */
export type ApprovalAnswer = PermissionChoice | 'no';

/** How a call ended, and what the model is told. */
export interface IToolResult {
  readonly status: StepStatus;
  readonly result: string;
}

/** What the tools work with. */
export interface IToolContext {
  readonly app: JupyterFrontEnd;
  readonly library: ISkillLibrary;
  readonly graphs: INotebookGraphs | null;
  readonly runs: INotebookRuns | null;
  readonly notebook: () => NotebookPanel | null;
  /** Setting: changes of the notebook need no word. */
  readonly appliesChanges: () => boolean;
  /** Asks the person; rejects never, `no` when the turn is stopped. */
  readonly approve: (
    approval: IApproval,
    signal: AbortSignal
  ) => Promise<ApprovalAnswer>;
}

/** Carries out what a model calls, within what the person allows. */
export class ToolExecutor {
  constructor(private readonly _context: IToolContext) {}

  /** What the person has allowed or forbidden in this session. */
  get permissions(): IPermissions {
    return { ...this._permissions, applyChanges: this._context.appliesChanges() };
  }

  /** Forgets what was allowed, at the beginning of another session. */
  resetPermissions(): void {
    this._permissions = { choices: {}, applyChanges: false };
  }

  /** Carries out one call. Whatever goes wrong is its result. */
  async execute({ tool, input }: IToolCall, signal: AbortSignal): Promise<IToolResult> {
    const problems = checkCall(tool, input);
    if (problems.length > 0 || !isToolName(tool)) {
      return failed(problems.join('\n'));
    }
    try {
      const args = input as Readonly<Record<string, unknown>>;
      return await this._execute(tool, args, input, signal);
    } catch (error) {
      return failed(error instanceof Error ? error.message : String(error));
    }
  }

  private _execute(
    tool: ToolName,
    args: Readonly<Record<string, unknown>>,
    input: IToolCall['input'],
    signal: AbortSignal
  ): Promise<IToolResult> | IToolResult {
    if (isChangeTool(tool)) {
      return this._change(tool, input, signal);
    }
    switch (tool) {
      case 'search_skills':
        return this._search(String(args['query']));
      case 'read_skill':
        return this._readSkill(String(args['skill']));
      case 'read_notebook':
        return this._readNotebook(args['cells'] as readonly string[] | undefined);
      case 'read_graph':
        return this._readGraph();
      case 'read_output':
        return this._readOutput(String(args['cell']));
      case 'run':
        return this._run(args, signal);
      case 'create_skill':
        return this._createSkill(String(args['text']), signal);
      case 'commit_session':
        return this._commit(signal);
    }
  }

  private _search(query: string): IToolResult {
    const skills = this._context.library.entries.map(({ skill }) => skill);
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

  private _readSkill(id: string): IToolResult {
    const entry = this._context.library.get(id);
    return entry
      ? done(fence(`Skill ${entry.skill.id}`, skillText(entry.skill)))
      : failed(`There is no skill "${id}". Use search_skills.`);
  }

  private _readNotebook(ids: readonly string[] | undefined): IToolResult {
    const { cells, path } = this._facts();
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

  private _readGraph(): IToolResult {
    const { cells, graph } = this._facts();
    const states = cells.map(({ id, state }) => `${id}: ${state ?? 'text'}`);
    return done(fence('Graph', [...graph, '', ...states].join('\n')));
  }

  private _readOutput(id: string): IToolResult {
    const text = outputText(this._panel(), id);
    return text === null
      ? failed(`The notebook has no cell "${id}".`)
      : done(text === '' ? 'The cell shows nothing.' : fence(`Output of ${id}`, text));
  }

  private async _change(
    tool: ChangeTool,
    input: IToolCall['input'],
    signal: AbortSignal
  ): Promise<IToolResult> {
    const panel = this._panel();
    const { library } = this._context;
    const context = editContext(this._context, panel);
    if (!context || !panel.model) {
      return failed('The notebook was closed.');
    }
    const planned = planChange(context, tool, input, {
      newId: () => UUID.uuid4(),
      versionOf: id => library.get(id)?.version
    });
    if (!planned.ok) {
      return failed(planned.reason);
    }
    const changes = cellChanges(context.cells, planned.cells);
    const refusal = await this._ask({ tool, changes, text: '' }, signal);
    if (refusal) {
      return refusal;
    }
    const now = panel.isDisposed ? null : panel.model;
    if (!now || JSON.stringify(readCells(now)) !== JSON.stringify(context.cells)) {
      return failed('The notebook changed meanwhile. Read it again and plan anew.');
    }
    writeCells(now, planned.cells);
    const about = planned.cells.filter(({ id }) => planned.about.includes(id));
    const said = about.map(({ id, source }) => `[${id}] ${source}`).join('\n');
    return done([fence('Cells now', said), ...planned.notes].join('\n'));
  }

  private async _run(
    args: Readonly<Record<string, unknown>>,
    signal: AbortSignal
  ): Promise<IToolResult> {
    const panel = this._panel();
    const run = this._context.runs?.of(panel);
    if (!run) {
      return failed('Notebooks cannot be run here.');
    }
    const { choice, cells = [] } = args as {
      readonly choice: 'all' | 'stale' | 'cells';
      readonly cells?: readonly string[];
    };
    const unknown = cells.filter(id => !run.states.has(id));
    if (choice === 'cells' && (cells.length === 0 || unknown.length > 0)) {
      return failed(
        unknown.length > 0
          ? `The notebook has no code cells ${unknown.join(', ')}.`
          : 'Name the cells to run.'
      );
    }
    const what: RunChoice =
      choice === 'cells' ? { kind: 'to-here', cells } : { kind: choice };
    const plan = await run.plan(what);
    const chosen = [...plan.cells].filter(([, { action }]) => action !== 'keep');
    const sources = new Map(this._facts().cells.map(cell => [cell.id, cell.source]));
    const text = chosen.map(([id]) => sources.get(id) ?? id).join('\n\n');
    const refusal = await this._ask({ tool: 'run', changes: [], text }, signal);
    if (refusal) {
      return refusal;
    }
    const stop = (): void => run.stop();
    signal.addEventListener('abort', stop, { once: true });
    try {
      await run.run(what);
    } finally {
      signal.removeEventListener('abort', stop);
    }
    return done(
      fence(
        'Run',
        this._results(
          panel,
          chosen.map(([id]) => id)
        ) || 'Nothing was to run.'
      )
    );
  }

  private _results(panel: NotebookPanel, ids: readonly string[]): string {
    const { cells } = this._facts();
    return ids
      .map(id => {
        const state = cells.find(cell => cell.id === id)?.state ?? 'gone';
        const text = outputText(panel, id) ?? '';
        return `[${id}] ${state}\n${text.slice(0, 1500)}`;
      })
      .join('\n');
  }

  private async _createSkill(text: string, signal: AbortSignal): Promise<IToolResult> {
    const { skill, problems } = parseSkill(text, 'skill.md');
    if (!skill) {
      return failed(
        problems.map(({ line, message }) => `Line ${line}: ${message}`).join('\n')
      );
    }
    const { contents } = this._context.app.serviceManager;
    const path = await newSkillPath(contents, skill.id);
    if (path === null) {
      return failed(
        `There is a skill "${skill.id}" in the person's volume. Take another id.`
      );
    }
    const refusal = await this._ask(
      { tool: 'create_skill', changes: [], text },
      signal
    );
    if (refusal) {
      return refusal;
    }
    await saveSkillText(contents, path, text);
    return done(`The skill "${skill.id}" was written.`);
  }

  private async _commit(signal: AbortSignal): Promise<IToolResult> {
    const refusal = await this._ask(
      { tool: 'commit_session', changes: [], text: '' },
      signal
    );
    if (refusal) {
      return refusal;
    }
    await this._context.app.commands.execute(CommandIDs.commitSession);
    return done('The dialog of the commit was shown; the person decides there.');
  }

  /** Asks where the rules say so; gives the refusal, or null to go ahead. */
  private async _ask(
    approval: IApproval,
    signal: AbortSignal
  ): Promise<IToolResult | null> {
    const permission = permissionFor(approval.tool, this.permissions);
    if (permission === 'refuse') {
      return refused('The person does not allow this tool in this session.');
    }
    if (permission === 'ask') {
      const answer = await this._context.approve(approval, signal);
      if (signal.aborted) {
        return { status: 'stopped', result: 'The person stopped the turn.' };
      }
      if (answer !== 'no') {
        this._permissions = withChoice(this._permissions, approval.tool, answer);
      }
      if (answer === 'no' || answer === 'never') {
        return refused('The person refused. Do something else, or ask.');
      }
    }
    return signal.aborted ? { status: 'stopped', result: 'Stopped.' } : null;
  }

  private _panel(): NotebookPanel {
    const panel = this._context.notebook();
    if (!panel) {
      throw new Error('No notebook is open. Ask the person to open one.');
    }
    return panel;
  }

  private _facts(): NonNullable<ReturnType<typeof notebookFacts>> {
    const facts = notebookFacts(this._panel(), this._context.runs);
    if (!facts) {
      throw new Error('The notebook was closed.');
    }
    return facts;
  }

  private _permissions: IPermissions = { choices: {}, applyChanges: false };
}

const done = (result: string): IToolResult => ({ status: 'done', result });
const failed = (result: string): IToolResult => ({ status: 'failed', result });
const refused = (result: string): IToolResult => ({ status: 'refused', result });
