import type { ISessionSummary } from '@llmos-lab/skills';
import type { ReadonlyJSONObject } from '@lumino/coreutils';

import { CommandIDs } from '../../commands';
import type { IMenuEntry } from './panelMenu';

/** All that can be done with a session. */
export function sessionEntries({
  session,
  volume
}: ISessionSummary): readonly (readonly IMenuEntry[])[] {
  const { id, status } = session;
  const entry = (command: string, args?: ReadonlyJSONObject): IMenuEntry => ({
    command,
    args: { ...args, id, volume }
  });
  const statuses = ['active', 'paused', 'completed'].filter(each => each !== status);
  return [
    [
      entry(CommandIDs.openSession),
      entry(CommandIDs.commitSession),
      { command: CommandIDs.showHistory, args: { volume, session: id } },
      entry(CommandIDs.compareSession)
    ],
    [
      entry(CommandIDs.renameSession),
      ...statuses.map(each => entry(CommandIDs.setSessionStatus, { status: each }))
    ],
    [
      entry(CommandIDs.shareSession, { as: 'zip' }),
      entry(CommandIDs.shareSession, { as: 'link' }),
      entry(CommandIDs.exportChat, { format: 'markdown' }),
      entry(CommandIDs.exportChat, { format: 'json' })
    ],
    [entry(CommandIDs.deleteSession)]
  ];
}
