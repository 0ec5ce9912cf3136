/**
 * Ids of all commands of this extension; their bodies stand with their features. The
 * comments between them are the headings of `docs/commands.md`.
 */
export const CommandIDs = {
  // Skills: find and insert
  openLibrary: 'llmos:open-library',
  insertSkill: 'llmos:insert-skill',
  insertSkillFile: 'llmos:insert-skill-file',
  openSkill: 'llmos:open-skill',
  copySkill: 'llmos:copy-skill',
  openProblem: 'llmos:open-problem',
  copyToVolume: 'llmos:copy-to-volume',
  offerCopy: 'llmos:offer-copy',
  // Skills: write, import, export
  newSkill: 'llmos:new-skill',
  duplicateSkill: 'llmos:duplicate-skill',
  deleteSkill: 'llmos:delete-skill',
  importSkills: 'llmos:skill-import',
  exportSkill: 'llmos:skill-export',
  saveCellAsSkill: 'llmos:save-cell-as-skill',
  testSkill: 'llmos:test-skill',
  undoInSkill: 'llmos:undo-in-skill',
  redoInSkill: 'llmos:redo-in-skill',
  // Notebooks: new ones and forms
  newWorkflow: 'llmos:new-workflow',
  editParameters: 'llmos:edit-parameters',
  toggleForms: 'llmos:toggle-forms',
  // Graph: look
  openGraph: 'llmos:open-graph',
  graphBeside: 'llmos:graph-beside',
  graphArrange: 'llmos:graph-arrange',
  graphTurn: 'llmos:graph-turn',
  graphFit: 'llmos:graph-fit',
  graphFoldAll: 'llmos:graph-fold-all',
  graphToggleMap: 'llmos:graph-toggle-map',
  graphReveal: 'llmos:graph-reveal',
  // Graph: edit
  graphChooseConnection: 'llmos:graph-choose-connection',
  graphRenameVariable: 'llmos:graph-rename-variable',
  graphConnect: 'llmos:graph-connect',
  graphDisconnect: 'llmos:graph-disconnect',
  graphAdd: 'llmos:graph-add',
  graphDelete: 'llmos:graph-delete',
  graphDuplicate: 'llmos:graph-duplicate',
  graphUnfold: 'llmos:graph-unfold',
  graphRename: 'llmos:graph-rename',
  graphMove: 'llmos:graph-move',
  // Workflows: pictures and files
  graphExport: 'llmos:graph-export',
  workflowSave: 'llmos:workflow-save',
  workflowOpen: 'llmos:workflow-open',
  // Run
  runAll: 'llmos:run-all',
  runStale: 'llmos:run-stale',
  runToHere: 'llmos:run-to-here',
  runFromHere: 'llmos:run-from-here',
  runSelection: 'llmos:run-selection',
  stopRun: 'llmos:stop-run',
  graphSweep: 'llmos:graph-sweep',
  stopSweep: 'llmos:stop-sweep',
  clearCache: 'llmos:clear-cache',
  showRunning: 'llmos:show-running',
  showTraces: 'llmos:show-traces',
  // Sessions
  openSessions: 'llmos:open-sessions',
  openSession: 'llmos:session-open',
  renameSession: 'llmos:session-rename',
  setSessionStatus: 'llmos:session-status',
  deleteSession: 'llmos:session-delete',
  commitSession: 'llmos:commit-session',
  shareSession: 'llmos:session-share',
  openShare: 'llmos:open-share',
  keepShare: 'llmos:keep-share',
  exportChat: 'llmos:export-chat',
  // History
  showHistory: 'llmos:show-history',
  compareSession: 'llmos:compare-session',
  openAtCommit: 'llmos:open-at-commit',
  restoreFile: 'llmos:restore-file',
  restoreSession: 'llmos:restore-session',
  rollBack: 'llmos:roll-back',
  makeBranch: 'llmos:make-branch',
  mergeBranch: 'llmos:merge-branch',
  deleteBranch: 'llmos:delete-branch',
  // Volumes, storage and profile
  showStorage: 'llmos:show-storage',
  backUp: 'llmos:back-up',
  restoreBackup: 'llmos:restore-backup',
  showVolume: 'llmos:show-volume',
  editProfile: 'llmos:edit-profile',
  commitFiles: 'llmos:commit-files',
  exportVolume: 'llmos:export-volume',
  importVolume: 'llmos:import-volume',
  // Promotion and import from Git
  promoteSkill: 'llmos:promote-skill',
  demoteSkill: 'llmos:demote-skill',
  compareSkill: 'llmos:compare-skill',
  importFromGit: 'llmos:skill-import-git',
  // Servers
  connectGit: 'llmos:connect-git',
  disconnectGit: 'llmos:disconnect-git',
  connectGithub: 'llmos:connect-github',
  signOutGithub: 'llmos:sign-out-github',
  disconnectGithub: 'llmos:disconnect-github',
  push: 'llmos:push',
  pull: 'llmos:pull',
  fetchRemote: 'llmos:fetch-remote',
  cancelTransfer: 'llmos:cancel-transfer',
  // Assistant
  openAssistant: 'llmos:open-assistant',
  askAssistant: 'llmos:ask-assistant',
  chooseModel: 'llmos:choose-model',
  explainCell: 'llmos:explain-cell',
  fixCell: 'llmos:fix-cell',
  improveCell: 'llmos:improve-cell',
  pinSkill: 'llmos:pin-skill',
  // Evolution
  openEvolution: 'llmos:open-evolution',
  evolve: 'llmos:evolve',
  stopEvolving: 'llmos:stop-evolving',
  acceptCandidate: 'llmos:accept-candidate',
  rejectCandidate: 'llmos:reject-candidate',
  allowCandidate: 'llmos:allow-candidate',
  renameCandidate: 'llmos:rename-candidate',
  dismissPromotion: 'llmos:dismiss-promotion',
  shareWithTeam: 'llmos:share-with-team',
  turnJob: 'llmos:turn-evolution-job',
  useModelInEvolution: 'llmos:use-model-in-evolution',
  // Site
  keepOffline: 'llmos:keep-offline',
  updateSite: 'llmos:update-site',
  installApp: 'llmos:install-app',
  sceneMemory: 'llmos:scene-memory',
  // Guide and help
  openGuide: 'llmos:open-guide',
  runPrompt: 'llmos:run-prompt',
  stopPrompt: 'llmos:stop-prompt',
  newFromTemplate: 'llmos:new-from-template',
  startTour: 'llmos:start-tour',
  showKeys: 'llmos:show-keys',
  preflight: 'llmos:preflight',
  showLicences: 'llmos:show-licences'
} as const;

/** Category of our commands in the palette, and of our cards in the launcher. */
export const CATEGORY = 'LLMos Lab';

/** Where our cards stand in the launcher: behind notebooks (0), before consoles (20). */
export const LAUNCHER_PLACE = { category: CATEGORY, categoryRank: 10 };

/** Kernel in which skills run, when it is installed. */
export const KERNEL_NAME = 'python-llmos';
