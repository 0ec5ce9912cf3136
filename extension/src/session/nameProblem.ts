import type { TranslationBundle } from '@jupyterlab/translation';
import { sessionNameFault } from '@llmos-lab/skills';

/** What is wrong with a session's name, in a sentence for people, or `null`. */
export function nameProblem(name: string, trans: TranslationBundle): string | null {
  const fault = sessionNameFault(name);
  switch (fault?.code) {
    case undefined:
      return null;
    case 'empty':
      return trans.__(
        'A session needs a name of 1 to 100 characters; this one is empty.'
      );
    case 'long':
      return trans.__(
        "A session's name has 1 to 100 characters; this one has %1.",
        fault.length
      );
    case 'lines':
      return trans.__(
        "A session's name is one line, without tabs and other control characters."
      );
    case 'spaces':
      return trans.__("A session's name does not begin or end with a space.");
  }
}
