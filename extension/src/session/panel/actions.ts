import type { ISessionSummary } from '@llmos-lab/skills';

/** What the panel can do; its adapter turns each into a command. */
export interface ISessionActions {
  readonly open: (summary: ISessionSummary) => void;
  readonly commit: (summary: ISessionSummary) => void;
  /** Commits the session of the notebook in front. */
  readonly commitCurrent: () => void;
  /** Shows what has changed since the last commit. */
  readonly compare: (summary: ISessionSummary) => void;
  readonly history: (summary: ISessionSummary) => void;
  /** All that can be done with a session, in a menu at the button. */
  readonly showMenu: (summary: ISessionSummary, button: HTMLElement) => void;
  /** The log of a volume, at a commit where one is given. */
  readonly volumeHistory: (volume: string, commit?: string) => void;
  readonly openFile: (volume: string, path: string) => void;
  readonly push: (volume: string) => void;
  readonly pull: (volume: string) => void;
  /** Stops a push or pull, or takes back one that waits. */
  readonly stopTransfer: (volume: string) => void;
  /** All that can be done between a volume and its server, in a menu at the button. */
  readonly showRemoteMenu: (volume: string, button: HTMLElement) => void;
}
