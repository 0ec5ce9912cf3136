import { textArg, type CommandArgs } from '../addCommand';
import { USER_VOLUME } from '../volumes/copyToUser';

/** The argument of commands on one volume, as their schemas describe it. */
export const VOLUME_ARG = {
  volume: {
    type: 'string',
    default: USER_VOLUME,
    description: 'Name of the volume, such as user or team-optics'
  }
} as const;

/** The volume that a command was asked for; the person's own where none is named. */
export function volumeOf(args: CommandArgs): string {
  return textArg(args, 'volume') ?? USER_VOLUME;
}
