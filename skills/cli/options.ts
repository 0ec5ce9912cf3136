import { CommandFailure, WRONG_USAGE } from './failure';

/** Which volume a command works on. */
export const VOLUME_HELP =
  'folder of the volume (default: first of LLMOS_VOLUMES_PATH)';

/** For an option that may be given several times: all its texts, in their order. */
export function collect(
  text: string,
  before: readonly string[] = []
): readonly string[] {
  return [...before, text];
}

/**
 * A number from the command line.
 *
 * @throws CommandFailure that names the option and what fits
 */
export function readNumber(
  option: string,
  text: string,
  least: number,
  most: number
): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value) || value < least || value > most) {
    const range = most === Infinity ? `from ${least}` : `from ${least} to ${most}`;
    throw new CommandFailure(
      `${option} must be a number ${range}; found "${text}".`,
      WRONG_USAGE
    );
  }
  return value;
}

/** A whole number from 1. */
export function readCount(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new CommandFailure(
      `${option} must be a whole number from 1; found "${text}".`,
      WRONG_USAGE
    );
  }
  return value;
}
