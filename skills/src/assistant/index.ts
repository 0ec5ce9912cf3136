export { isChangeTool, planChange, type ChangeTool } from './changes';
export { readChart, type IChart } from './charts';
export { chooseSkills, rankForQuestion } from './choose';
export {
  changeChat,
  changeConversations,
  chatChange,
  formatChatLine,
  groupMessages,
  placeMessage,
  readChatLines
} from './chatLines';
export type { IChatChange, IPlacedMessage } from './chatLines';
export {
  buildContext,
  fence,
  questionText,
  skillText,
  SYSTEM_PROMPT,
  type IContext,
  type IContextCell,
  type IContextSection,
  type INotebookFacts
} from './context';
export {
  contentOf,
  conversationTitle,
  excerptOf,
  FIRST_CONVERSATION,
  formatConversations,
  parseConversations,
  searchMessages
} from './conversation';
export type {
  IConversation,
  ITextPart,
  IThinkingPart,
  ITokenUsage,
  IToolPart,
  ITurnMessage,
  MessagePart,
  StepStatus
} from './conversation';
export { answerOffline } from './offline/answer';
export type { IOfflineAnswer } from './offline/answer';
export { explainSkill } from './offline/texts';
export { explainError } from './offline/errors';
export { fixCell } from './offline/fixes';
export { NO_PERMISSIONS, permissionFor, withChoice } from './permission';
export type { IPermissions, Permission, PermissionChoice } from './permission';
export { planAsEdit, planWorkflow } from './plan';
export type { IPlanStep } from './planSteps';
export {
  costOf,
  DEFAULT_CONTEXT,
  estimateTokens,
  findPrice,
  type IModelPrice
} from './tokens';
export { skillsAbout } from './skillsAbout';
export { variableLines } from './variables';
export {
  checkCall,
  isToolName,
  TOOLS,
  toolSpecs,
  type ToolEffect,
  type ToolName
} from './tools';
export { ANTHROPIC } from './anthropic';
export {
  MODEL_PATIENCE,
  problemOf,
  retryAfterOf,
  retryIn,
  type IModelPatience
} from './modelFailure';
export { fixedTokens, sentTokens } from './sentTokens';
export { addUsage, NO_USAGE, toModelMessages } from './turn';
export type {
  Completion,
  IModelProblem,
  IModelRequest,
  IToolCall,
  IToolSpec,
  ModelEvent,
  ModelMessage,
  ModelProblemCode
} from './turn';
export { runLines } from './runLines';
export { turnArtifacts, type ITurnWork } from './artifacts';
export {
  cellsOfSteps,
  takeBack,
  type ILostEdit,
  type INotebookJson,
  type INotebookStep,
  type ITakenBack
} from './takeBack';
