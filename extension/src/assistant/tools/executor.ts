import {
  checkCall,
  fence,
  isChangeTool,
  isToolName,
  parseSkill,
  permissionFor,
  planChange,
  type ChangeTool,
  type IToolCall,
  type ToolName
} from '@llmos-lab/skills';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { ISkillEntry } from '@llmos-lab/kernel';
import { UUID } from '@lumino/coreutils';

import { CommandIDs } from '../../commands';
import { editContext } from '../../graph/edit/editContext';
import { readCells, writeCells } from '../../graph/edit/notebookCells';
import { reasonOf } from '../../reasonOf';
import { sessionId } from '../../session/store/notebookSessions';
import { USER_VOLUME } from '../../volumes/copyToUser';
import { TurnSteps } from '../turnSteps';
import { cellChanges } from './changeView';
import { isReadTool, readTool } from './readTools';
import { runTool } from './runTool';
import { newSkillPath, saveSkillText } from './saveSkill';
import { SessionPermissions } from './sessionPermissions';
import {
  done,
  failed,
  panelOf,
  refused,
  type IApproval,
  type IShadowed,
  type IToolContext,
  type IToolResult,
  type ToolArgs
} from './toolContext';

/** Asks the person where the rules say so; gives the refusal, or null to go ahead. */
type Ask = (text: string, shadows?: IShadowed) => Promise<IToolResult | null>;

/** Carries out what a model calls, within what the person allows. */
export class ToolExecutor {
  constructor(private readonly _context: Omit<IToolContext, 'steps'>) {}

  /**
   * Carries out one call. Whatever goes wrong is its result.
   *
   * @param asked the notebook that the turn is about, which need no longer be in front, or
   * null where none was open; without it the one in front
   * @param steps takes down what is done to it
   */
  async execute(
    { tool, input }: IToolCall,
    signal: AbortSignal,
    asked?: NotebookPanel | null,
    steps = new TurnSteps()
  ): Promise<IToolResult> {
    const problems = checkCall(tool, input);
    if (problems.length > 0 || !isToolName(tool)) {
      return failed(problems.join('\n'));
    }
    try {
      const { notebook } = this._context;
      const context = {
        ...{ ...this._context, steps },
        notebook: () => (asked === undefined ? notebook() : asked)
      };
      return await this._execute(context, tool, input, signal);
    } catch (error) {
      return failed(reasonOf(error));
    }
  }

  private async _execute(
    context: IToolContext,
    tool: ToolName,
    input: IToolCall['input'],
    signal: AbortSignal
  ): Promise<IToolResult> {
    const args = input as ToolArgs;
    if (isReadTool(tool)) {
      return readTool(context, tool, args);
    }
    if (isChangeTool(tool)) {
      return this._change(context, tool, input, signal);
    }
    const ask: Ask = (text, shadows) =>
      this._ask({ tool, changes: [], text, ...(shadows ? { shadows } : {}) }, signal);
    switch (tool) {
      case 'run':
        return runTool(context, args, ask, signal);
      case 'create_skill':
        return this._createSkill(String(args['text']), ask);
      case 'commit_session':
        return this._commit(context, ask);
    }
  }

  private async _change(
    tools: IToolContext,
    tool: ChangeTool,
    input: IToolCall['input'],
    signal: AbortSignal
  ): Promise<IToolResult> {
    const panel = panelOf(tools);
    const { library } = tools;
    const context = editContext(tools, panel);
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
    tools.steps.edit(now, () => writeCells(now, planned.cells));
    const about = planned.cells.filter(({ id }) => planned.about.includes(id));
    const said = about.map(({ id, source }) => `[${id}] ${source}`).join('\n');
    return done([fence('Cells now', said), ...planned.notes].join('\n'));
  }

  private async _createSkill(text: string, ask: Ask): Promise<IToolResult> {
    const { skill, problems } = parseSkill(text, 'skill.md');
    if (!skill) {
      return failed(
        problems.map(({ line, message }) => `Line ${line}: ${message}`).join('\n')
      );
    }
    const { app, library } = this._context;
    const { contents } = app.serviceManager;
    await library.ready;
    const hidden = library.get(skill.id);
    const path = await newSkillPath(contents, skill.id);
    if (path === null || hidden?.volume === USER_VOLUME) {
      return failed(
        `There is a skill "${skill.id}" in the person's volume. Take another id.`
      );
    }
    const refusal = await ask(text, hidden && shadowed(hidden, skill.id));
    if (refusal) {
      return refusal;
    }
    await saveSkillText(contents, path, text);
    return done(`The skill "${skill.id}" was written.`);
  }

  private async _commit(context: IToolContext, ask: Ask): Promise<IToolResult> {
    const refusal = await ask('');
    if (refusal) {
      return refusal;
    }
    const panel = context.notebook();
    const id = panel ? sessionId(panel) : undefined;
    await context.app.commands.execute(CommandIDs.commitSession, id ? { id } : {});
    return done('The dialog of the commit was shown; the person decides there.');
  }

  /** Asks where the rules say so; gives the refusal, or null to go ahead. */
  private async _ask(
    approval: IApproval,
    signal: AbortSignal
  ): Promise<IToolResult | null> {
    const { tool } = approval;
    const { appliesChanges, approve } = this._context;
    // Another notebook may be shown by the time of the answer.
    const session = this._context.session();
    const rules = this._permissions.of(session);
    const applyChanges = appliesChanges();
    const permission = permissionFor(tool, { ...rules, applyChanges });
    if (permission === 'refuse') {
      return refused('The person does not allow this tool in this session.');
    }
    // What was allowed for the session is writing skills, not replacing those of others.
    if (permission === 'ask' || approval.shadows) {
      const answer = await approve(approval, signal);
      if (signal.aborted) {
        return { status: 'stopped', result: 'The person stopped the turn.' };
      }
      if (answer !== 'no') {
        this._permissions.add(session, tool, answer);
      }
      if (answer === 'no' || answer === 'never') {
        return refused('The person refused. Do something else, or ask.');
      }
    }
    return signal.aborted ? { status: 'stopped', result: 'Stopped.' } : null;
  }

  private readonly _permissions = new SessionPermissions();
}

function shadowed({ skill, volume }: ISkillEntry, id: string): IShadowed {
  return { id, name: skill.name, volume };
}
