import type { NotebookPanel } from '@jupyterlab/notebook';
import {
  buildContext,
  NO_USAGE,
  questionText,
  skillsAbout,
  SYSTEM_PROMPT,
  toModelMessages,
  toolSpecs,
  turnArtifacts,
  type IContext,
  type IModelRequest,
  type INotebookFacts,
  type ITurnMessage
} from '@llmos-lab/skills';

import { namesOf, withVariables } from '../notebookFacts';
import { takeSnapshot } from '../snapshot';
import type { IChatProvider } from '../tokens';
import type { ToolExecutor } from '../tools/executor';
import { runTurn, type ITurnResult, type ITurnState } from '../turn';
import { TurnSteps } from '../turnSteps';
import { answerOf, askLibrary, type IPanelMessage } from './answers';
import type { IAssistantModelOptions } from './modelOptions';
import { withoutSteps, type TurnUndo } from './turnUndo';

/** A question to a model, with what it is asked about. */
export interface IModelTurn {
  /** Id of the message that the answer becomes. */
  readonly id: string;
  readonly provider: IChatProvider;
  readonly question: string;
  /** The conversation before it. */
  readonly earlier: readonly ITurnMessage[];
  readonly facts: INotebookFacts | null;
  readonly panel: NotebookPanel | null;
  readonly signal: AbortSignal;
}

/** What a turn works with. */
export interface IModelTurnContext {
  readonly options: IAssistantModelOptions;
  readonly executor: ToolExecutor | null;
  readonly undo: TurnUndo;
  readonly onContext: (context: IContext) => void;
  readonly onState: (state: ITurnState) => void;
}

/** An answer as the conversation keeps it, and how it came about. */
export interface IAnswered {
  readonly message: IPanelMessage;
  readonly result: ITurnResult;
}

/** A turn without a model, or one that came to nothing. */
export const NO_RESULT: ITurnResult = {
  ...{ parts: [], usage: NO_USAGE, model: '', status: 'done', isCut: false }
};

/** The library's own answer, as a turn. */
export async function answerFromLibrary(
  turn: Omit<IModelTurn, 'provider' | 'earlier'>,
  options: IAssistantModelOptions
): Promise<IAnswered> {
  const { id, question, facts, panel, signal } = turn;
  const { runs } = options;
  const know = (names: readonly string[]): Promise<INotebookFacts | null> =>
    facts && panel
      ? withVariables(facts, { panel, runs, names, signal })
      : Promise.resolve(facts);
  const message = await askLibrary(question, { ...options, facts, know });
  return { message: { ...message, id }, result: NO_RESULT };
}

/** One turn with a model: what it did to the notebook can be undone as a whole. */
export async function askModel(
  turn: IModelTurn,
  context: IModelTurnContext
): Promise<IAnswered> {
  const { id, provider, panel, signal } = turn;
  const { options, executor, undo, onState } = context;
  const refusal = (await provider.begin?.()) ?? null;
  try {
    if (refusal) {
      const { model } = options.settings.values;
      const result = {
        ...NO_RESULT,
        model,
        status: 'failed',
        problem: refusal
      } as const;
      return { message: answerOf(result, { id }), result };
    }
    const request = await prepare(turn, context);
    const steps = new TurnSteps();
    const filesBefore = await filesOf(panel, options);
    const result = await runTurn({
      ...{ provider, request, signal },
      execute: (call, stop) =>
        executor?.execute(call, stop, panel, steps) ??
        Promise.resolve({ status: 'failed', result: 'No tools here.' }),
      onState,
      onFault: reason => options.log(reason, panel)
    });
    const after = panel?.model ? takeSnapshot(panel.model).content : null;
    const made = turnArtifacts({
      // Against the notebook without the turn: what people did meanwhile is theirs.
      ...{
        before: after && withoutSteps(after, steps.all),
        after,
        parts: result.parts
      },
      filesBefore,
      filesAfter: steps.hasRun ? await filesOf(panel, options) : filesBefore
    });
    const library = options.library.entries.map(({ skill }) => skill);
    const skills = skillsAbout(library, result.parts);
    const message = answerOf(result, { id, skills, artifacts: made });
    if (panel) {
      undo.remember({ id, panel, steps: steps.all });
    }
    return { message, result };
  } finally {
    provider.end?.();
  }
}

async function prepare(
  { question, earlier, facts, panel, signal }: IModelTurn,
  { options, onContext }: IModelTurnContext
): Promise<IModelRequest> {
  const { runs } = options;
  const { values } = options.settings;
  const known =
    facts && panel
      ? {
          ...(await withVariables(facts, {
            ...{ panel, runs, signal },
            names: namesOf(facts, question)
          })),
          runs: [...facts.runs, ...(await options.recentRuns(panel))]
        }
      : null;
  const context = buildContext({
    ...{ question, pinned: options.pinned() },
    maxSkills: values.useSkills ? values.maxSkills : 0,
    skills: options.library.entries.map(({ skill }) => skill),
    budget: values.contextTokens,
    ...(known ? { notebook: known } : {})
  });
  onContext(context);
  const { model, maxTokens, thinking, temperature } = values;
  const text = questionText(question, context);
  return {
    ...{ model, maxTokens, thinking },
    ...(temperature === null ? {} : { temperature }),
    ...{ system: SYSTEM_PROMPT, tools: toolSpecs() },
    messages: [...toModelMessages(earlier), { role: 'user', text } as const]
  };
}

/** Without them an answer only lists no files. */
async function filesOf(
  panel: NotebookPanel | null,
  { filesBeside, onFailure }: IAssistantModelOptions
): ReturnType<IAssistantModelOptions['filesBeside']> {
  try {
    return panel && !panel.isDisposed ? await filesBeside(panel) : new Map();
  } catch (reason) {
    onFailure(reason);
    return new Map();
  }
}
