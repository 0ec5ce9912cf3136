/** Ids of all commands of this extension; their bodies stand with their features. */
export const CommandIDs = {
  openLibrary: 'llmos:open-library',
  insertSkill: 'llmos:insert-skill',
  insertSkillFile: 'llmos:insert-skill-file',
  openSkill: 'llmos:open-skill',
  copySkill: 'llmos:copy-skill',
  openProblem: 'llmos:open-problem',
  copyToVolume: 'llmos:copy-to-volume',
  newSkill: 'llmos:new-skill',
  duplicateSkill: 'llmos:duplicate-skill',
  deleteSkill: 'llmos:delete-skill',
  importSkills: 'llmos:skill-import',
  exportSkill: 'llmos:skill-export',
  saveCellAsSkill: 'llmos:save-cell-as-skill',
  newWorkflow: 'llmos:new-workflow',
  editParameters: 'llmos:edit-parameters',
  toggleForms: 'llmos:toggle-forms',
  graphConnect: 'llmos:graph-connect',
  graphDisconnect: 'llmos:graph-disconnect',
  graphAdd: 'llmos:graph-add',
  graphDelete: 'llmos:graph-delete',
  graphDuplicate: 'llmos:graph-duplicate',
  graphRename: 'llmos:graph-rename',
  graphMove: 'llmos:graph-move',
  graphExport: 'llmos:graph-export',
  workflowSave: 'llmos:workflow-save',
  workflowOpen: 'llmos:workflow-open',
  runAll: 'llmos:run-all',
  runStale: 'llmos:run-stale',
  runToHere: 'llmos:run-to-here',
  runFromHere: 'llmos:run-from-here',
  runSelection: 'llmos:run-selection',
  stopRun: 'llmos:stop-run',
  showTraces: 'llmos:show-traces',
  commitFiles: 'llmos:commit-files',
  exportVolume: 'llmos:export-volume',
  showLicences: 'llmos:show-licences'
} as const;

/** Category of our commands in the palette, and of our cards in the launcher. */
export const CATEGORY = 'LLMos Lab';

/** Kernel in which skills run, when it is installed. */
export const KERNEL_NAME = 'python-llmos';
