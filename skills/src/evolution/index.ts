export {
  acceptCommit,
  placeProblem,
  type IAcceptance,
  type IStanding
} from './acceptance';
export { isDraft, readApplied, reviewedCommit, withdrawalCommit } from './applied';
export { canonicalForm, signature } from './canonical';
export type { ICanonicalForm, ILabelledGraph } from './canonical';
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
} from './candidateFile';
export type {
  ICallable,
  ICompound,
  ICompoundContext,
  IRefusedPattern
} from './compound';
export { readCompoundCode, type ICompoundGraph } from './compoundCode';
export { draftSignature, readContextDraft, type IContextDraft } from './contextDraft';
export {
  decisionMessage,
  decisionOf,
  type DecisionKind,
  type IDecision
} from './decisions';
export { detect, type IDetectFiles, type IDetectOptions } from './detect';
export { dueAt, USUAL_HOURS, type IJobSettings } from './due';
export { isEdited } from './edits';
export type { ICorrelation } from './correlation';
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
} from './jobCommits';
export { learn } from './learn';
export {
  learnedFromText,
  learnedText,
  shortValue,
  type LearnedPort
} from './learnedWords';
export type {
  IEvolutionProgress,
  ILearnFiles,
  ILearnOptions,
  ILibraryFile,
  IRenewal,
  Update
} from './learnOptions';
export type { IFailingPattern, IPattern } from './describePattern';
export { mine, type IMineOptions } from './mine';
export { mineTask, type IMined, type IMineTask } from './mineTask';
export { learnParameter } from './parameters';
export type { IObservation, Parameter } from './parameters';
export type { IPromotable, IPromotableOptions, ITeamSkill } from './promotable';
export {
  isOfPromotion,
  promoteTask,
  promotionKey,
  promotionRun,
  type IPromotables,
  type IPromoteTask
} from './promoteTask';
export { renewSkill, type ILearnedSkill, type Renewed } from './renew';
export { propose } from './propose';
export type { IProposal, IProposeOptions, ISetAside } from './propose';
export { readProvenance } from './provenance';
export type { ILearnedFrom, ILearnedValue, IMember, IProvenance } from './provenance';
export {
  formatRecord,
  isQuiet,
  parseEvolutionRuns,
  parseRejections,
  rejectionFor,
  withoutRejection,
  rejectionOf
} from './records';
export type { EvolutionJob, IAppliedSkill, IEvolutionRun, IRejection } from './records';
export {
  isNewSkill,
  readReview,
  withoutReview,
  withReview,
  type IReview
} from './review';
export type { IReplayable } from './replay';
export { proposedText, updateOf, type ICurrentSkill } from './updateOf';
export { verdictOf } from './verdict';
export { notReplayed, verify } from './verify';
export type {
  IReplayReport,
  IVerifyOptions,
  ReplayCall,
  ReplayedRun,
  ReplayOutcome
} from './verify';
export { traceFile, type ITraceFile } from './traceFile';
export { canUnfold, unfoldCell } from './unfold';
