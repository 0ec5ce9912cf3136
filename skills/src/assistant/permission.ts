import { TOOLS, type ToolName } from './tools';

/** What a person may answer when the assistant wants to do something. */
export type PermissionChoice = 'once' | 'session' | 'never';

/** What stands for a tool: it goes ahead, the person is asked, or it is refused. */
export type Permission = 'allow' | 'ask' | 'refuse';

/** What was answered in this session, by tool. */
export interface IPermissions {
  readonly choices: Readonly<Partial<Record<ToolName, 'session' | 'never'>>>;
  /** Setting: changes of the notebook are applied, and can be undone. */
  readonly applyChanges: boolean;
}

/** Nothing was answered yet, and everything that changes asks. */
export const NO_PERMISSIONS: IPermissions = { choices: {}, applyChanges: false };

/**
 * Whether a tool may go ahead (R6.3). Reading always may. "Never" holds against all; the
 * setting *apply and let me undo* covers changes of the notebook, which undo takes back,
 * and neither running code nor writing skills or commits, which it does not.
 */
export function permissionFor(tool: ToolName, rules: IPermissions): Permission {
  const { effect } = TOOLS[tool];
  if (effect === 'read') {
    return 'allow';
  }
  const choice = rules.choices[tool];
  if (choice === 'never') {
    return 'refuse';
  }
  if (choice === 'session') {
    return 'allow';
  }
  return effect === 'change' && rules.applyChanges ? 'allow' : 'ask';
}

/** The rules after an answer; `once` leaves no trace. */
export function withChoice(
  rules: IPermissions,
  tool: ToolName,
  choice: PermissionChoice
): IPermissions {
  return choice === 'once'
    ? rules
    : { ...rules, choices: { ...rules.choices, [tool]: choice } };
}
