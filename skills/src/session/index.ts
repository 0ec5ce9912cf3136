export { artifactKind, artifactType, outputArtifacts } from './artifacts';
export { notebookCopy, readDetails } from './details';
export type { ISessionArtifact, ISessionDetails, ISessionTree } from './details';
export { prepareCommit, previewCommit } from './prepareCommit';
export {
  committedTexts,
  toldBefore,
  type ICommittedTexts,
  type IToldBefore
} from './toldBefore';
export type {
  ICommitPreview,
  IPreparedCommit,
  ISessionChoice,
  ReadBeside
} from './prepareCommit';
export { exportedFiles } from './exported';
export type { IExportedFile } from './exported';
export type { IArtifactFile } from './artifacts';
export { chatMarkdown, formatChatMessage, parseChat } from './chat';
export type { IChatArtifact, IChatMessage, IChatProblem } from './chat';
export {
  formatCommit,
  parseCommit,
  RENAMED_FROM,
  SESSION_MARKER
} from './commitMessage';
export type {
  CommitMessage,
  IArtifactLine,
  IEvolutionCommit,
  IOtherCommit,
  ISessionCommit,
  ISessionStats,
  ITrailer
} from './commitMessage';
export { MASK, isSecretName, maskText, maskTrace } from './mask';
export { MESSAGE_PLACE, scanMessage, scanSecrets, withoutSecrets } from './secrets';
export type { ISecretFinding, SecretKind } from './secrets';
export { commitNotebook, sessionCommit, sessionPrompt } from './sessionCommit';
export type { ISessionContent, OutputPolicy } from './sessionCommit';
export {
  changedAt,
  changeStatus,
  filterSessions,
  isSessionId,
  readSession,
  readSessions,
  renameSession,
  sessionFolder,
  sessionOfPath,
  SESSIONS_FOLDER
} from './sessionList';
export type {
  ISessionFiles,
  ISessionFilter,
  ISessionProblem,
  ISessionSummary
} from './sessionList';
export {
  formatSession,
  parseSession,
  sessionNameProblem,
  sessionOwnerIn
} from './session';
export { SESSION_STATUSES } from './session';
export type { ISession, SessionStatus } from './session';
export {
  formatTrace,
  isRun,
  parseTrace,
  parseTraces,
  readSummary,
  RUN_STATUSES
} from './trace';
export type {
  IChatTrace,
  INumberSummary,
  ITrace,
  ITracedValue,
  ITraceNode,
  TraceEdge,
  TraceRecord
} from './trace';
export { formatUlid } from './ulid';
