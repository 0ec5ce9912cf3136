import type { IFinding, ProbeId } from './probes';

/** What the texts need of a translation; the page without the application has none. */
export interface IWords {
  __(text: string, ...values: readonly string[]): string;
}

/** What a capability is, and what goes without it. */
export interface IProbeText {
  readonly name: string;
  /** What it is used for. */
  readonly use: string;
  /** What its lack costs, and what to do. */
  readonly cost: string;
}

/** The words of a capability. */
export function probeText(id: ProbeId, trans: IWords): IProbeText {
  const texts: Texts<ProbeId> = {
    ...needed(trans),
    ...important(trans),
    ...useful(trans)
  };
  return texts[id];
}

type Texts<T extends ProbeId> = Readonly<Record<T, IProbeText>>;

/** Without these nothing runs. */
function needed(trans: IWords): Texts<'webassembly' | 'workers' | 'indexeddb'> {
  return {
    webassembly: {
      name: trans.__('WebAssembly'),
      use: trans.__('Python and ngspice run in it.'),
      cost: trans.__(
        'Nothing can be computed. Use a current Firefox, Chrome, Edge or Safari; some security modes (Lockdown Mode, "enhanced" security of a site) switch it off.'
      )
    },
    workers: {
      name: trans.__('Module workers'),
      use: trans.__('Python and skills run beside the page, so that it stays quick.'),
      cost: trans.__(
        'Python does not start. Use a browser of 2023 or later, and let no extension block scripts of this site.'
      )
    },
    indexeddb: {
      name: trans.__('IndexedDB'),
      use: trans.__('Notebooks, volumes and results are kept in it.'),
      cost: trans.__(
        'Nothing is kept: notebooks are gone with this page. Leave the private window, or allow this site to store data.'
      )
    }
  };
}

/** Without one of these a part does not work. */
function important(
  trans: IWords
): Texts<'secure' | 'serviceworker' | 'cache' | 'webgl' | 'locks'> {
  return {
    secure: {
      name: trans.__('Secure address (HTTPS, or this machine)'),
      use: trans.__('Commits, secrets and use without a network ask for it.'),
      cost: trans.__(
        'Sessions cannot be committed and tokens not be kept. Open the site by HTTPS or on localhost.'
      )
    },
    serviceworker: {
      name: trans.__('Service worker'),
      use: trans.__(
        'Keeps the site for use without a network, and gives Python the files beside a notebook.'
      ),
      cost: trans.__(
        'The site needs the network each time, and without cross-origin isolation Python does not see files beside the notebook. Private windows of Firefox have none: use an ordinary window.'
      )
    },
    cache: {
      name: trans.__('Cache Storage'),
      use: trans.__('The files of the site are kept in it.'),
      cost: trans.__(
        'The site does not open without a network and loads more at each visit. Allow this site to store data.'
      )
    },
    webgl: {
      name: trans.__('WebGL 2 off screen'),
      use: trans.__('Draws Three.js scenes.'),
      cost: trans.__(
        'Scenes show their picture, if they have one, and do not move. Switch hardware acceleration on, or update the graphics driver.'
      )
    },
    locks: {
      name: trans.__('Web Locks'),
      use: trans.__('Several tabs work on the same volumes one after the other.'),
      cost: trans.__(
        'Two tabs could both commit at once: work in one tab only, or update the browser.'
      )
    }
  };
}

/** Without these there is a detour. */
function useful(trans: IWords): Texts<'isolation' | 'suspension' | 'persistence'> {
  return {
    isolation: {
      name: trans.__('Cross-origin isolation (SharedArrayBuffer)'),
      use: trans.__('Stop interrupts Python in the middle of a computation.'),
      cost: trans.__(
        'Stop offers a restart of Python when it computes. The server of the site decides: see "Put it on a web server" in the README.'
      )
    },
    suspension: {
      name: trans.__('Suspension of WebAssembly (JSPI)'),
      use: trans.__('Lets Python wait without "await".'),
      cost: trans.__('Skills are called with "await", as the notebooks here do it.')
    },
    persistence: {
      name: trans.__('Persistent storage'),
      use: trans.__('The browser promises not to clear this site by itself.'),
      cost: trans.__(
        'The browser may clear this site when the disk is short, and a private window forgets all when it closes. File › Storage… asks it to keep the files, and makes a backup.'
      )
    }
  };
}

/** What the findings come to, in one sentence. */
export function verdict(findings: readonly IFinding[], trans: IWords): string {
  const lacking = findings.filter(({ isThere }) => !isThere);
  if (lacking.some(({ weight }) => weight === 'needed')) {
    return trans.__('This browser cannot run LLMos Lab as it is set up now.');
  }
  if (lacking.some(({ weight }) => weight === 'important')) {
    return trans.__('LLMos Lab runs here, but a part of it does not work.');
  }
  return lacking.length > 0
    ? trans.__(
        'All of LLMos Lab works here. This browser lacks: %1.',
        lacking.map(({ id }) => probeText(id, trans).name).join(', ')
      )
    : trans.__('This browser has all that LLMos Lab uses.');
}

/** Texts as they stand in the source, for where no translation is loaded. */
export const PLAIN: IWords = {
  __: (text, ...values) =>
    text.replace(/%(\d)/g, (_, place: string) => values[Number(place) - 1] ?? '')
};
