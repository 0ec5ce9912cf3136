/** Time and chance of the command line, which can be held still. */
import { createHash, randomBytes } from 'node:crypto';
import { formatUlid } from '@llmos-lab/skills';
import { CommandFailure, WRONG_USAGE } from './failure';

/** The last second of the year 9999: later ones have no ISO date of four digits. */
const LAST_SECOND = 253_402_300_799;

/**
 * Seconds since 1970 that stand for now (reproducible-builds.org), or null.
 *
 * @throws CommandFailure when the variable is set to something else
 */
function fixedSeconds(): number | null {
  const given = process.env['SOURCE_DATE_EPOCH'] ?? '';
  if (given === '') {
    return null;
  }
  const seconds = Number(given);
  if (!/^\d+$/.test(given) || seconds > LAST_SECOND) {
    throw new CommandFailure(
      `SOURCE_DATE_EPOCH must be whole seconds since 1970; found "${given}".`,
      WRONG_USAGE
    );
  }
  return seconds;
}

/** Milliseconds since 1970; with `SOURCE_DATE_EPOCH` always the same. */
export function now(): number {
  const fixed = fixedSeconds();
  return fixed === null ? Date.now() : fixed * 1000;
}

/** A new ULID; with `SOURCE_DATE_EPOCH` it follows from `about`. */
export function newUlid(about: string): string {
  const random =
    fixedSeconds() === null
      ? randomBytes(16)
      : createHash('sha256').update(about).digest().subarray(0, 16);
  return formatUlid(now(), random);
}
