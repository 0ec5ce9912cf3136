import {
  answerOffline,
  contentOf,
  type IChatArtifact,
  type INotebookFacts,
  type IOfflineAnswer,
  type IPlanStep,
  type ITurnMessage
} from '@llmos-lab/skills';

import { newUlid } from '../../session/store/ulid';
import type { ISkillLibrary } from '../../tokens';
import type { AssistantSettings } from '../settings';
import type { ITurnResult } from '../turn';

/** A message with what only the panel uses. */
export interface IPanelMessage extends ITurnMessage {
  /** Steps that an answer without a model offers to insert. */
  readonly workflow?: readonly IPlanStep[];
  /** Id of a failed cell that an answer without a model can mend. */
  readonly fix?: string;
  /** Id of a failed cell that only lacks a run of cells above it. */
  readonly run?: string;
  /** The answer met the maximum of tokens. */
  readonly isCut?: boolean;
}

/** A message of now. */
export function newMessage(role: 'user' | 'assistant', content: string): IPanelMessage {
  return {
    ...{ v: 1, id: newUlid(), role, content, timestamp: new Date().toISOString() },
    ...{ skills_used: [], traces: [], artifacts: [] }
  };
}

/** The answer as its line in the conversation. */
export function answerOf(
  result: ITurnResult,
  about: {
    readonly id: string;
    readonly skills?: readonly string[];
    readonly artifacts?: readonly IChatArtifact[];
  }
): IPanelMessage {
  const { id, skills = [], artifacts = [] } = about;
  const { parts, usage, model, status, problem, isCut } = result;
  return {
    ...{ ...newMessage('assistant', contentOf(parts)), id },
    ...{ skills_used: skills, parts, artifacts },
    // Without one nothing was asked.
    ...(model === '' ? {} : { usage, model }),
    ...(isCut ? { isCut } : {}),
    ...(status === 'done' ? {} : { status }),
    ...(problem ? { problem: `${problem.code}: ${problem.detail}` } : {})
  };
}

/** What the library's own answer is made from. */
export interface ILibraryContext {
  readonly library: ISkillLibrary;
  readonly settings: AssistantSettings;
  readonly facts: INotebookFacts | null;
  /** The facts with what the kernel says of variables. */
  readonly know: (names: readonly string[]) => Promise<INotebookFacts | null>;
}

/** The library's own answer; the kernel is asked only for the variables that it tells of. */
export async function askLibrary(
  question: string,
  { library, settings, facts, know }: ILibraryContext
): Promise<IPanelMessage> {
  const { maxSkills } = settings.values;
  const answerWith = (notebook: INotebookFacts | null): IOfflineAnswer =>
    answerOffline({
      ...{ question, maxSkills: Math.max(1, maxSkills) },
      skills: library.entries.map(({ skill }) => skill),
      ...(notebook ? { notebook } : {})
    });
  const first = answerWith(facts);
  const { markdown, skills, workflow, fix, run } =
    first.variables.length > 0 ? answerWith(await know(first.variables)) : first;
  return {
    ...newMessage('assistant', markdown),
    skills_used: skills,
    ...(workflow ? { workflow } : {}),
    ...(fix === undefined ? {} : { fix }),
    ...(run === undefined ? {} : { run })
  };
}
