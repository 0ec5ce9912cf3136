export {
  analyseCell,
  definesByImport,
  namesIn,
  skillCalls,
  type ICellAnalysis
} from './analyse';
export { argumentUses, type IArgumentUse } from './argumentUses';
export { addSkillCell, placeCell, type IAddition } from './change/add';
export type {
  EditResult,
  IConnection,
  ICut,
  IEdit,
  IEditContext,
  IInputEnd,
  INotebookCell,
  IOutputEnd,
  IRefusal,
  NodePosition,
  RefusalCode
} from './change/change';
export { connectCells, disconnectInputs } from './change/connect';
export { duplicateCells } from './change/duplicate';
export { IMPORT_LINE, importIndex, isBlank } from './change/importLine';
export { isLoose, placeCells, positionOf, type IMove } from './change/place';
export { deleteCells } from './change/remove';
export { renameVariable, type IRenaming } from './change/rename';
export type { ICallArgument, ISkillCall } from './calls';
export { findArgument, removeArgument, setArgument } from './edit';
export { toWorkflow } from './file/fromNotebook';
export { toMermaid } from './file/mermaid';
export { notebookCells, notebookFile } from './file/notebookFile';
export { parseWorkflow, type IParsedWorkflow } from './file/parse';
export { toScript, type IScript } from './file/script';
export { fromWorkflow } from './file/toNotebook';
export { formatWorkflow, isSkillNode, WORKFLOW_SUFFIX } from './file/workflow';
export type {
  IWorkflow,
  IWorkflowCode,
  IWorkflowNote,
  IWorkflowProblem,
  IWorkflowSkill,
  WorkflowInput,
  WorkflowNode
} from './file/workflow';
export { versionWithMembers } from './calledSkills';
export type { ICalledSkill } from './calledSkills';
export { ancestors, buildGraph, descendants } from './graph';
export type { ICellSource, IGraph, IGraphCell, IGraphEdge } from './graph';
export { digest } from './schedule/digest';
export { advance, type ScheduleEvent } from './schedule/events';
export { readFlow, type Flow, type IFlowCell } from './schedule/flow';
export { planRun, type IPlanEntry, type PlanReason } from './schedule/plan';
export { predictCached } from './schedule/predict';
export { readyCells } from './schedule/ready';
export { freshness, newSchedule, statuses } from './schedule/state';
export type { Freshness, IMade, ISchedule, StaleReason } from './schedule/state';
export { CELL_STATUSES } from './schedule/status';
export type { CellStatus, RunChoice } from './schedule/status';
export { parseCell, type ISkillCell } from './skillCell';
export { sweepCode, type ISweepCellOptions } from './sweep/code';
export { SWEEP_HEAD } from './sweep/names';
export { parseSweepOption, type ISweepOption } from './sweep/option';
export {
  findPort,
  findSweptCell,
  planSweep,
  sweepable,
  sweepPoints
} from './sweep/plan';
export type {
  ISweepAxis,
  ISweepCall,
  ISweepContext,
  ISweepPlan,
  Sweepable,
  SweepPlanned
} from './sweep/plan';
export { outputColumns, type ISweepResult } from './sweep/table';
export {
  formatValues,
  givenValues,
  MOST_POINTS,
  rangeValues,
  readValue,
  readValues,
  takesRange
} from './sweep/values';
export type { ISweepRange, ISweepValue, SweepValues } from './sweep/values';
export { titleOfCode } from './title';
