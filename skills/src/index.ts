export { isChangeTool, planChange, type ChangeTool } from './assistant/changes';
export { chooseSkills, rankForQuestion } from './assistant/choose';
export {
  changeChat,
  changeConversations,
  chatChange,
  formatChatLine,
  groupMessages,
  placeMessage,
  readChatLines
} from './assistant/chatLines';
export type { IChatChange, IPlacedMessage } from './assistant/chatLines';
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
} from './assistant/context';
export {
  contentOf,
  conversationTitle,
  FIRST_CONVERSATION,
  formatConversations,
  parseConversations,
  searchMessages
} from './assistant/conversation';
export type {
  IConversation,
  ITextPart,
  IThinkingPart,
  ITokenUsage,
  IToolPart,
  ITurnMessage,
  MessagePart,
  StepStatus
} from './assistant/conversation';
export { answerOffline } from './assistant/offline/answer';
export type { IOfflineAnswer } from './assistant/offline/answer';
export { explainSkill } from './assistant/offline/texts';
export { explainError } from './assistant/offline/errors';
export { NO_PERMISSIONS, permissionFor, withChoice } from './assistant/permission';
export type {
  IPermissions,
  Permission,
  PermissionChoice
} from './assistant/permission';
export { planAsEdit, planWorkflow } from './assistant/plan';
export type { IPlanStep } from './assistant/planSteps';
export {
  costOf,
  DEFAULT_CONTEXT,
  estimateTokens,
  findPrice,
  type IModelPrice
} from './assistant/tokens';
export { skillsAbout } from './assistant/skillsAbout';
export { variableLines } from './assistant/variables';
export {
  checkCall,
  isToolName,
  TOOLS,
  toolSpecs,
  type ToolEffect,
  type ToolName
} from './assistant/tools';
export { ANTHROPIC } from './assistant/anthropic';
export {
  MODEL_PATIENCE,
  problemOf,
  retryAfterOf,
  retryIn,
  type IModelPatience
} from './assistant/modelFailure';
export { fixedTokens, sentTokens } from './assistant/sentTokens';
export { addUsage, NO_USAGE, toModelMessages } from './assistant/turn';
export type {
  Completion,
  IModelProblem,
  IModelRequest,
  IToolCall,
  IToolSpec,
  ModelEvent,
  ModelMessage,
  ModelProblemCode
} from './assistant/turn';
export {
  acceptCommit,
  acceptedPath,
  placeProblem,
  type IAcceptance,
  type IStanding
} from './evolution/acceptance';
export {
  isDraft,
  readApplied,
  reviewedCommit,
  withdrawalCommit
} from './evolution/applied';
export { canonicalForm, signature } from './evolution/canonical';
export type { ICanonicalForm, ILabelledGraph } from './evolution/canonical';
export {
  acceptMessage,
  CANDIDATES,
  candidatePath,
  commitsOfRuns,
  EVOLUTION_FOLDER,
  EVOLUTION_RUNS,
  readCandidate,
  REJECTIONS,
  type ICandidateFile
} from './evolution/candidateFile';
export type {
  ICallable,
  ICompound,
  ICompoundContext,
  IRefusedPattern
} from './evolution/compound';
export { readCompoundCode, type ICompoundGraph } from './evolution/compoundCode';
export {
  draftSignature,
  readContextDraft,
  type IContextDraft
} from './evolution/contextDraft';
export { detect, type IDetectFiles, type IDetectOptions } from './evolution/detect';
export { dueAt, USUAL_HOURS, type IJobSettings } from './evolution/due';
export type { ICorrelation } from './evolution/correlation';
export {
  candidateCommits,
  EDITED_BY_HAND,
  proposalCommit,
  rejectionLine,
  removalCommit,
  runLine,
  type ICandidateSteps,
  type IJobCommit,
  type IJobLine,
  type ITextChange
} from './evolution/jobCommits';
export { learn } from './evolution/learn';
export type {
  IEvolutionProgress,
  ILearnFiles,
  ILearnOptions,
  ILibraryFile,
  IRenewal,
  Update
} from './evolution/learnOptions';
export type { IPattern } from './evolution/describePattern';
export { mine, type IMineOptions } from './evolution/mine';
export { mineTask, type IMined, type IMineTask } from './evolution/mineTask';
export { learnParameter } from './evolution/parameters';
export type { IObservation, Parameter } from './evolution/parameters';
export type {
  IPromotable,
  IPromotableOptions,
  ITeamSkill
} from './evolution/promotable';
export {
  promoteTask,
  promotionKey,
  promotionRun,
  type IPromotables,
  type IPromoteTask
} from './evolution/promoteTask';
export { renewSkill, type ILearnedSkill, type Renewed } from './evolution/renew';
export { propose } from './evolution/propose';
export type { IProposal, IProposeOptions, ISetAside } from './evolution/propose';
export { readProvenance } from './evolution/provenance';
export type { ILearnedValue, IMember, IProvenance } from './evolution/provenance';
export {
  formatRecord,
  parseEvolutionRuns,
  parseRejections,
  rejectionOf
} from './evolution/records';
export type {
  EvolutionJob,
  IAppliedSkill,
  IEvolutionRun,
  IRejection
} from './evolution/records';
export {
  readReview,
  withoutReview,
  withReview,
  type IReview
} from './evolution/review';
export type { IReplayable } from './evolution/replay';
export { proposedText, updateOf, type ICurrentSkill } from './evolution/updateOf';
export { notReplayed, verify } from './evolution/verify';
export type {
  IReplayReport,
  IVerifyOptions,
  ReplayCall,
  ReplayedRun,
  ReplayOutcome
} from './evolution/verify';
export { canonicalJson, isRecord } from './json';
export {
  checkIncoming,
  findSkills,
  IMPORT_LIMITS,
  IncomingError,
  packFolder,
  type IIncomingEntry,
  type IIncomingFile,
  type IIncomingSkill
} from './skill/agentFolder';
export {
  fromAgentSkill,
  toAgentSkill,
  type IAgentSkill,
  type IVolumeSkill
} from './skill/agentSkill';
export { findFences, type IFence } from './skill/code';
export { targetName, toCell, type CellArgument } from './skill/cell';
export { draftCode, formatDraft, replacementCell } from './skill/draft/draftText';
export type { IDraftAbout } from './skill/draft/draftText';
export { readFacts, type INameFacts } from './skill/draft/facts';
export { fromCell, namesToAsk } from './skill/draft/fromCell';
export type {
  ICellDraft,
  ICellOptions,
  IDraftInput,
  IDraftNote
} from './skill/draft/fromCell';
export { readSkillMagic } from './skill/draft/body';
export type { IDraftOutput } from './skill/draft/outputs';
export { skillChangeMessage } from './skill/changeMessage';
export { connects } from './skill/connect';
export { formatSkill, type ISkillEdits } from './skill/format';
export { layerSkills } from './skill/layers';
export type {
  ILayeredFile,
  ILayeredLibrary,
  ILayeredSkill,
  IVolumeSkills
} from './skill/layers';
export { checkParsed, checkSkills } from './skill/library';
export type { ICheckedSkills, IParsedFile, ISkillFile } from './skill/library';
export {
  checkSkill,
  idFromPath,
  isSkillId,
  parseSkill,
  toSkillId
} from './skill/parse';
export type { IParsedSkill } from './skill/parse';
export { readImport } from './skill/importSkills';
export type { IImport, IImportedSkill, IUnzip } from './skill/importSkills';
export { zipReader, type UnzipSync } from './skill/zipImport';
export { newSkillText, type NewSkillKind } from './skill/template';
export { formatPromotion, parsePromotion } from './skill/promotion';
export type { IPromotion } from './skill/promotion';
export { isPythonName } from './skill/ports';
export { skillPlace, type ISkillPlace } from './skill/place';
export { PROBLEM_CODES, type ProblemCode } from './skill/problems';
export { formatArgument, formatPython, readPython } from './skill/python';
export {
  pythonIndex,
  toPythonEntry,
  type ICallableEntry,
  type IPythonEntry
} from './skill/pythonEntry';
export { createSkillSearch, searchSkills } from './skill/search';
export type { ISkillMatch, ISkillSearch } from './skill/search';
export {
  EXECUTION_MODES,
  PORT_TYPES,
  SKILL_TYPES,
  type ExecutionMode,
  type IContextSkill,
  type IExecutableSkill,
  type IPort,
  type IProblem,
  type ISkill,
  type ISkillBase,
  type JsonValue,
  type PortType,
  type SkillType
} from './skill/skill';
export { closest } from './skill/suggest';
export {
  checkInput,
  checkInputs,
  fitsType,
  sameJson,
  typeOfValue,
  withDefaults,
  type IInputProblem
} from './skill/values';
export {
  ANALYSES,
  CIRCUIT_MIME,
  PACKED_TYPES,
  QUANTUM_MIME,
  SCENE_MIME,
  decodeBase64,
  encodeBase64,
  isPackedArray,
  packArray,
  packComplex,
  packJson,
  unpackArray,
  unpackJson,
  type Analysis,
  type ICircuitBundle,
  type IPackedArray,
  type ISceneBundle,
  type ISceneView,
  type NumberArray,
  type PackedJson,
  type PackedType
} from './mime';
export { endLine } from './endLine';
export { reasonOf } from './reasonOf';
export { isSafeAddress } from './safeAddress';
export { withoutKey } from './withoutKey';
export { layoutCommits, orderCommits, type IGraphRow } from './history/commitGraph';
export { lineDiff, type IDiffLine } from './history/lineDiff';
export { diffNotebooks } from './history/notebookDiff';
export type {
  ICellDiff,
  IDiffCounts,
  INotebookDiff,
  IParameterChange
} from './history/notebookDiff';
export { filesAt, planRollback, type IRollback } from './history/rollback';
export { artifactKind, artifactType, outputArtifacts } from './session/artifacts';
export { runLines } from './assistant/runLines';
export { turnArtifacts, type ITurnWork } from './assistant/artifacts';
export {
  cellsOfSteps,
  takeBack,
  type ILostEdit,
  type INotebookJson,
  type INotebookStep,
  type ITakenBack
} from './assistant/takeBack';
export { notebookCopy, readDetails } from './session/details';
export type {
  ISessionArtifact,
  ISessionDetails,
  ISessionTree
} from './session/details';
export { prepareCommit, previewCommit, toldRuns } from './session/prepareCommit';
export type {
  ICommitPreview,
  IPreparedCommit,
  ISessionChoice,
  ReadBeside
} from './session/prepareCommit';
export { exportedFiles } from './session/exported';
export type { IExportedFile } from './session/exported';
export type { IArtifactFile } from './session/artifacts';
export { chatMarkdown, formatChatMessage, parseChat } from './session/chat';
export type { IChatArtifact, IChatMessage, IChatProblem } from './session/chat';
export { formatCommit, parseCommit, SESSION_MARKER } from './session/commitMessage';
export type {
  CommitMessage,
  IArtifactLine,
  IEvolutionCommit,
  IOtherCommit,
  ISessionCommit,
  ISessionStats,
  ITrailer
} from './session/commitMessage';
export { MASK, isSecretName, maskText, maskTrace } from './session/mask';
export { scanSecrets } from './session/secrets';
export type { ISecretFinding, SecretKind } from './session/secrets';
export { commitNotebook, sessionCommit, sessionPrompt } from './session/sessionCommit';
export type { ISessionContent, OutputPolicy } from './session/sessionCommit';
export {
  changeStatus,
  filterSessions,
  isSessionId,
  readSession,
  readSessions,
  renameSession,
  sessionFolder,
  sessionOfPath,
  SESSIONS_FOLDER
} from './session/sessionList';
export type {
  ISessionFiles,
  ISessionFilter,
  ISessionProblem,
  ISessionSummary
} from './session/sessionList';
export {
  formatSession,
  parseSession,
  sessionNameProblem,
  sessionOwnerIn
} from './session/session';
export { SESSION_STATUSES } from './session/session';
export type { ISession, SessionStatus } from './session/session';
export {
  formatTrace,
  parseTrace,
  parseTraces,
  readSummary,
  RUN_STATUSES
} from './session/trace';
export type {
  IChatTrace,
  INumberSummary,
  ITrace,
  ITracedValue,
  ITraceNode,
  TraceEdge,
  TraceRecord
} from './session/trace';
export { formatUlid } from './session/ulid';
export { canAccess } from './volume/access';
export type { Actor, Verdict, VolumeAction, VolumeOwner } from './volume/access';
export {
  decodeCommit,
  decodeTree,
  encodeTree,
  nameObject,
  toHex,
  withHeader
} from './volume/gitObject';
export type {
  GitObjectType,
  Hash,
  IGitObject,
  IGitTreeItem,
  INamedObject
} from './volume/gitObject';
export { createMemoryDatabase, type IMemoryDatabase } from './volume/memoryDatabase';
export { openObjectStore } from './volume/objectStore';
export type {
  IObjectBatch,
  IObjectDatabase,
  IObjectStoreOptions
} from './volume/objectStore';
export { mergeBase, planMerge, resolveMerge } from './volume/merge';
export type {
  Ancestor,
  IMergeConflict,
  IMergePlan,
  MergeChoice,
  MergeStore
} from './volume/merge';
export { uniteLines } from './volume/mergeLines';
export { checkPath, pathProblem } from './volume/path';
export {
  NO_PROFILE,
  profileActor,
  profileAuthor,
  profileProblems,
  readProfile,
  teamOf,
  teamVolume,
  volumeOwner,
  type IProfileFields,
  type IProfileProblem
} from './volume/profile';
export { VolumeError } from './volume/store';
export type {
  IAuthor,
  IFileChange,
  ILogEntry,
  ILogRange,
  IPathDiff,
  ITreeEntry,
  IVolumeStore,
  VolumeErrorCode
} from './volume/store';
export {
  analyseCell,
  namesIn,
  skillCalls,
  type ICellAnalysis
} from './workflow/analyse';
export { argumentUses, type IArgumentUse } from './workflow/argumentUses';
export { addSkillCell, type IAddition } from './workflow/change/add';
export type {
  EditResult,
  IConnection,
  IEdit,
  IEditContext,
  IInputEnd,
  INotebookCell,
  IOutputEnd,
  IRefusal,
  NodePosition,
  RefusalCode
} from './workflow/change/change';
export { connectCells, disconnectInputs } from './workflow/change/connect';
export { traceFile, type ITraceFile } from './evolution/traceFile';
export { canUnfold, unfoldCell } from './evolution/unfold';
export { duplicateCells } from './workflow/change/duplicate';
export { IMPORT_LINE, importIndex, isBlank } from './workflow/change/importLine';
export { placeCells, positionOf, type IMove } from './workflow/change/place';
export { deleteCells } from './workflow/change/remove';
export { renameVariable, type IRenaming } from './workflow/change/rename';
export type { ICallArgument, ISkillCall } from './workflow/calls';
export { findArgument, removeArgument, setArgument } from './workflow/edit';
export { toWorkflow } from './workflow/file/fromNotebook';
export { toMermaid } from './workflow/file/mermaid';
export { notebookCells, notebookFile } from './workflow/file/notebookFile';
export { parseWorkflow, type IParsedWorkflow } from './workflow/file/parse';
export { toScript, type IScript } from './workflow/file/script';
export { fromWorkflow } from './workflow/file/toNotebook';
export { formatWorkflow, isSkillNode, WORKFLOW_SUFFIX } from './workflow/file/workflow';
export type {
  IWorkflow,
  IWorkflowCode,
  IWorkflowNote,
  IWorkflowProblem,
  IWorkflowSkill,
  WorkflowInput,
  WorkflowNode
} from './workflow/file/workflow';
export { versionWithMembers } from './workflow/calledSkills';
export type { ICalledSkill } from './workflow/calledSkills';
export { ancestors, buildGraph, descendants } from './workflow/graph';
export type { ICellSource, IGraph, IGraphCell, IGraphEdge } from './workflow/graph';
export { digest } from './workflow/schedule/digest';
export { advance, type ScheduleEvent } from './workflow/schedule/events';
export { readFlow, type Flow, type IFlowCell } from './workflow/schedule/flow';
export { planRun, type IPlanEntry, type PlanReason } from './workflow/schedule/plan';
export { predictCached } from './workflow/schedule/predict';
export { readyCells } from './workflow/schedule/ready';
export { freshness, newSchedule, statuses } from './workflow/schedule/state';
export type { Freshness, ISchedule, StaleReason } from './workflow/schedule/state';
export { CELL_STATUSES } from './workflow/schedule/status';
export type { CellStatus, RunChoice } from './workflow/schedule/status';
export { parseCell, type ISkillCell } from './workflow/skillCell';
export { sweepCode, type ISweepCellOptions } from './workflow/sweep/code';
export { parseSweepOption, type ISweepOption } from './workflow/sweep/option';
export {
  findPort,
  findSweptCell,
  planSweep,
  sweepable,
  sweepPoints
} from './workflow/sweep/plan';
export type {
  ISweepAxis,
  ISweepCall,
  ISweepContext,
  ISweepPlan,
  Sweepable,
  SweepPlanned
} from './workflow/sweep/plan';
export { outputColumns, type ISweepResult } from './workflow/sweep/table';
export {
  formatValues,
  givenValues,
  MOST_POINTS,
  rangeValues,
  readValues,
  takesRange
} from './workflow/sweep/values';
export type { ISweepRange, ISweepValue, SweepValues } from './workflow/sweep/values';
