import { CommandIDs } from '../../commands';
import type { IMenuEntry } from './panelMenu';

/** All that can be done between a volume and its server, by the kind of that server. */
export function remoteEntries(
  volume: string,
  kind: 'github' | 'git' | null
): readonly (readonly IMenuEntry[])[] {
  const of = (...commands: readonly string[]): readonly IMenuEntry[] =>
    commands.map(command => ({ command, args: { volume } }));
  const transfers = of(CommandIDs.push, CommandIDs.pull, CommandIDs.fetchRemote);
  switch (kind) {
    case null:
      return [of(CommandIDs.connectGithub, CommandIDs.connectGit)];
    case 'github':
      return [
        transfers,
        of(
          CommandIDs.connectGithub,
          CommandIDs.signOutGithub,
          CommandIDs.disconnectGithub
        )
      ];
    case 'git':
      return [transfers, of(CommandIDs.connectGit, CommandIDs.disconnectGit)];
  }
}
