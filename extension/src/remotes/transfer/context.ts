import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { TranslationBundle } from '@jupyterlab/translation';
import { isRecord, sessionOfPath, VolumeError, type IAuthor } from '@llmos-lab/skills';

import { CommandIDs } from '../../commands';
import { reasonOf } from '../../reasonOf';
import { titleIn } from '../../session/fileTitle';
import type { ISessions, IVolumes } from '../../tokens';
import type { IRemote } from '../remote';
import { RemoteError } from '../remoteError';
import type { IRemotes } from '../tokens';
import type { Direction, Transfers } from './transfers';

/** What pushing and pulling works with. */
export interface ITransferContext {
  readonly app: JupyterFrontEnd;
  readonly trans: TranslationBundle;
  readonly remotes: IRemotes;
  readonly volumes: IVolumes;
  readonly transfers: Transfers;
  readonly documents: IDocumentManager;
  readonly author: () => IAuthor;
  /** Id of the person, as sessions carry it. */
  readonly user: () => string;
  readonly sessions: ISessions | null;
  readonly isOnline: () => boolean;
}

/**
 * The remote of a volume, signed in; the person is asked for what is missing.
 *
 * @returns `null` when they cancel
 */
export async function readyRemote(
  { app, remotes }: ITransferContext,
  volume: string
): Promise<IRemote | null> {
  let remote = remotes.get(volume);
  if (!remote) {
    await app.commands.execute(CommandIDs.connectGithub, { volume });
    remote = remotes.get(volume);
  }
  if (!remote || remote.isReady) {
    return remote ?? null;
  }
  const isDone = (await remote.signIn?.()) ?? false;
  // Signing in may have connected it anew.
  return isDone ? (remotes.get(volume) ?? null) : null;
}

/** Whether the person stopped it. */
export function isStopped(error: unknown): boolean {
  return (
    (error instanceof RemoteError && error.code === 'stopped') ||
    (error instanceof DOMException && error.name === 'AbortError')
  );
}

/** Says what a push or pull ended with, and offers what to do about it. */
export function tellFailure(
  context: ITransferContext,
  volume: string,
  direction: Direction,
  error: unknown
): void {
  const { app, trans } = context;
  if (isStopped(error)) {
    Notification.info(
      trans.__('Stopped. What has arrived is not sent again next time.'),
      { autoClose: 6000 }
    );
    return;
  }
  const reason = reasonIn(context, volume, error);
  const run = (command: string, args: object = {}): (() => void) => {
    return () => void app.commands.execute(command, { volume, ...args });
  };
  const again = {
    push: CommandIDs.push,
    pull: CommandIDs.pull,
    fetch: CommandIDs.fetchRemote
  }[direction];
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const isSignedOut = code === 'unauthorized' || code === 'not-open';
  const actions =
    error instanceof VolumeError && error.code === 'dirty'
      ? commitActions(context, volume, error.paths, run)
      : [
          {
            label: isSignedOut ? trans.__('Sign in again…') : trans.__('Try again'),
            callback: run(again)
          }
        ];
  const label = { push: trans.__('Push'), pull: trans.__('Pull') };
  const text =
    direction === 'fetch' ? reason : trans.__('%1: %2', label[direction], reason);
  const data = { [FAILED]: volume, direction };
  Notification.error(text, { autoClose: false, actions, data });
}

/** Under what key the message of a failure has its volume. */
const FAILED = 'llmosTransfer';

/** What an earlier try came to is told no more once another one begins. */
export function forgetFailure(volume: string, direction: Direction): void {
  for (const { id, options } of Notification.manager.notifications) {
    const { data } = options;
    if (isRecord(data) && data[FAILED] === volume && data['direction'] === direction) {
      Notification.dismiss(id);
    }
  }
}

/** Files of sessions are told by their names instead of ids. */
function reasonIn(
  { sessions }: ITransferContext,
  volume: string,
  error: unknown
): string {
  const title = titleIn(sessions, volume);
  const paths = error instanceof VolumeError ? error.paths : [];
  return paths.reduce(
    (text, path) => text.replaceAll(path, () => title(path)),
    reasonOf(error)
  );
}

/** What commits these files: a session is committed as such, with its notebook and runs. */
function commitActions(
  { trans, sessions }: ITransferContext,
  volume: string,
  paths: readonly string[],
  run: (command: string, args?: object) => () => void
): Notification.IAction[] {
  const isOfSession = (path: string): boolean =>
    sessions?.find(sessionOfPath(path) ?? '', volume) !== undefined;
  const ids = new Set(paths.filter(isOfSession).map(sessionOfPath));
  const actions: Notification.IAction[] = [];
  if (ids.size === 1) {
    const [id] = ids;
    const callback = run(CommandIDs.commitSession, { id });
    actions.push({ label: trans.__('Commit session…'), callback });
  } else if (ids.size > 1) {
    const callback = run(CommandIDs.openSessions);
    actions.push({ label: trans.__('Show sessions'), callback });
  }
  if (ids.size === 0 || !paths.every(isOfSession)) {
    const callback = run(CommandIDs.commitFiles);
    actions.push({ label: trans.__('Commit files…'), callback });
  }
  return actions;
}
