import {
  NO_PERMISSIONS,
  withChoice,
  type IPermissions,
  type PermissionChoice,
  type ToolName
} from '@llmos-lab/skills';

/** Name of a session, or the document of a notebook that has none. */
export type PermissionScope = string | object;

/** What the person has allowed and forbidden, by session, until the page is reloaded. */
export class SessionPermissions {
  of(scope: PermissionScope): IPermissions {
    const known =
      typeof scope === 'string' ? this._sessions.get(scope) : this._others.get(scope);
    return known ?? NO_PERMISSIONS;
  }

  /** Takes down what was answered about a tool. */
  add(scope: PermissionScope, tool: ToolName, choice: PermissionChoice): void {
    const rules = withChoice(this.of(scope), tool, choice);
    if (typeof scope === 'string') {
      this._sessions.set(scope, rules);
    } else {
      this._others.set(scope, rules);
    }
  }

  private readonly _sessions = new Map<string, IPermissions>();
  private readonly _others = new WeakMap<object, IPermissions>();
}
