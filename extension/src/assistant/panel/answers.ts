import {
  answerOffline,
  contentOf,
  conversationTitle,
  type IChatArtifact,
  type INotebookFacts,
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
  skills: readonly string[],
  question: string
): IPanelMessage {
  const { parts, usage, model, status, problem, isCut } = result;
  const made = parts.flatMap(part =>
    part.kind === 'tool' && part.status === 'done'
      ? artifactsOf(part.tool, question)
      : []
  );
  return {
    ...newMessage('assistant', contentOf(parts)),
    ...{ skills_used: skills, parts, usage, model },
    artifacts: [
      ...new Map(made.map(each => [`${each.type}:${each.name}`, each])).values()
    ],
    ...(isCut ? { isCut } : {}),
    ...(status === 'done' ? {} : { status }),
    ...(problem ? { problem: `${problem.code}: ${problem.detail}` } : {})
  };
}

/** What a tool made, for the session's commit; outputs of runs are found there by itself. */
function artifactsOf(tool: string, question: string): readonly IChatArtifact[] {
  const name = conversationTitle({
    id: '',
    messages: [newMessage('user', question)]
  });
  switch (tool) {
    case 'insert_cells':
    case 'edit_cell':
      return [{ type: 'code', name }];
    case 'build_workflow':
      return [{ type: 'workflow', name }];
    case 'create_skill':
      return [{ type: 'skill', name }];
    default:
      return [];
  }
}

/** The library's own answer. */
export function askLibrary(
  question: string,
  facts: INotebookFacts | null,
  {
    library,
    settings
  }: { readonly library: ISkillLibrary; readonly settings: AssistantSettings }
): IPanelMessage {
  const { maxSkills } = settings.values;
  const { markdown, skills, workflow } = answerOffline({
    ...{ question, maxSkills: Math.max(1, maxSkills) },
    skills: library.entries.map(({ skill }) => skill),
    ...(facts ? { notebook: facts } : {})
  });
  return {
    ...newMessage('assistant', markdown),
    skills_used: skills,
    ...(workflow ? { workflow } : {})
  };
}
