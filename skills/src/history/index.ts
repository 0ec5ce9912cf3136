export { layoutCommits, orderCommits, type IGraphRow } from './commitGraph';
export { lineDiff, type IDiffLine } from './lineDiff';
export { diffNotebooks } from './notebookDiff';
export type {
  ICellDiff,
  IDiffCounts,
  INotebookDiff,
  IParameterChange
} from './notebookDiff';
export { filesAt, planRollback, rollbackMessage, type IRollback } from './rollback';
