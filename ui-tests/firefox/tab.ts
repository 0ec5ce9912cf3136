import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { BiDi } from './bidi';

/** Longest that anything awaited in the page may take on a busy machine. */
const TIMEOUT_MS = 120_000;

/** A value as BiDi gives it, as far as it is read. */
interface IRemoteValue {
  readonly type: string;
  readonly value?: unknown;
  readonly sharedId?: string;
}

/** A Firefox of the system with a profile of its own, and its one tab. */
export class FirefoxTab {
  private constructor(
    private readonly _process: ChildProcess,
    private readonly _profile: string,
    private readonly _bidi: BiDi,
    private readonly _context: string,
    /** As Firefox calls it, such as `140.3.0`. */
    readonly version: string
  ) {}

  /** What the page complained of, and what it asked other hosts for. */
  get heard(): readonly string[] {
    return this._heard;
  }

  /** Starts a browser without a window. */
  static async open(executable: string): Promise<FirefoxTab> {
    const profile = mkdtempSync(join(tmpdir(), 'llmos-firefox-'));
    const child = spawn(executable, [
      ...['--headless', '--no-remote', '--remote-debugging-port=0'],
      ...['--profile', profile, 'about:blank']
    ]);
    const bidi = await BiDi.connect(await addressOf(child));
    const session = (await bidi.send('session.new', { capabilities: {} })) as {
      readonly capabilities: { readonly browserVersion: string };
    };
    const tree = (await bidi.send('browsingContext.getTree', {})) as {
      readonly contexts: readonly { readonly context: string }[];
    };
    const context = tree.contexts[0]?.context ?? '';
    const { browserVersion } = session.capabilities;
    const tab = new FirefoxTab(child, profile, bidi, context, browserVersion);
    await tab._listen();
    return tab;
  }

  /** Runs a function, given as text, in each page before anything else. */
  async addScript(functionDeclaration: string): Promise<void> {
    await this._bidi.send('script.addPreloadScript', { functionDeclaration });
  }

  async goto(url: string): Promise<void> {
    const context = this._context;
    await this._bidi.send('browsingContext.setViewport', {
      ...{ context, viewport: { width: 1280, height: 800 } }
    });
    await this._bidi.send('browsingContext.navigate', {
      context,
      url,
      wait: 'complete'
    });
  }

  /** Waits until an expression is true in the page: it is asked at each change there. */
  async waitFor(expression: string): Promise<void> {
    await this._evaluate(
      `new Promise((resolve, reject) => {
      const look = () => {
        if (${expression}) {
          observer.disconnect();
          resolve(true);
        }
      };
      const observer = new MutationObserver(look);
      observer.observe(document, {
        childList: true, subtree: true, characterData: true, attributes: true
      });
      setTimeout(() => reject(new Error('too late')), ${TIMEOUT_MS});
      look();
    })`
    ).catch((error: unknown) => {
      throw new Error(`It did not come to this: ${expression}`, { cause: error });
    });
  }

  /** The text that an expression gives. */
  async text(expression: string): Promise<string> {
    const { value } = await this._evaluate(expression);
    return typeof value === 'string' ? value : '';
  }

  /** Clicks the element that an expression gives, in its middle, once nothing covers it. */
  async click(expression: string): Promise<void> {
    await this.waitFor(`(element => {
      element?.scrollIntoView({ block: 'center' });
      const { x, y, width, height } = element?.getBoundingClientRect() ?? {};
      return element?.contains(document.elementFromPoint(x + width / 2, y + height / 2));
    })(${expression})`);
    const { sharedId } = await this._evaluate(expression);
    const origin = { type: 'element', element: { sharedId } };
    const actions = [
      { type: 'pointerMove', x: 0, y: 0, origin },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 }
    ];
    await this._bidi.send('input.performActions', {
      context: this._context,
      actions: [{ type: 'pointer', id: 'mouse', actions }]
    });
  }

  /** A picture of what is in sight, as PNG. */
  async picture(): Promise<Buffer> {
    const shot = (await this._bidi.send('browsingContext.captureScreenshot', {
      context: this._context
    })) as { readonly data: string };
    return Buffer.from(shot.data, 'base64');
  }

  async close(): Promise<void> {
    const gone = once(this._process, 'exit');
    this._bidi.close();
    this._process.kill();
    await gone;
    // Its helpers end a moment later, and may still write.
    rmSync(this._profile, { recursive: true, force: true, maxRetries: 10 });
  }

  private async _listen(): Promise<void> {
    this._bidi.on('log.entryAdded', params => {
      const entry = params as { readonly level: string; readonly text: string };
      if (entry.level === 'error') {
        this._heard.push(entry.text);
      }
    });
    this._bidi.on('network.beforeRequestSent', params => {
      const { request } = params as { readonly request: { readonly url: string } };
      const { protocol, hostname } = new URL(request.url);
      if (protocol.startsWith('http') && hostname !== 'localhost') {
        this._heard.push(`asked for ${request.url}`);
      }
    });
    // Of this tab alone: the browser asks its maker for things of its own.
    await this._bidi.send('session.subscribe', {
      events: ['log.entryAdded', 'network.beforeRequestSent'],
      contexts: [this._context]
    });
  }

  private async _evaluate(expression: string): Promise<IRemoteValue> {
    const answer = (await this._bidi.send('script.evaluate', {
      expression,
      target: { context: this._context },
      awaitPromise: true
    })) as {
      readonly result?: IRemoteValue;
      readonly exceptionDetails?: { readonly text: string };
    };
    if (!answer.result) {
      throw new Error(answer.exceptionDetails?.text ?? 'The page gave no answer.');
    }
    return answer.result;
  }

  private readonly _heard: string[] = [];
}

/** The address that Firefox prints once it listens. */
async function addressOf(child: ChildProcess): Promise<string> {
  const said: string[] = [];
  if (child.stderr) {
    for await (const line of createInterface(child.stderr)) {
      said.push(line);
      const address = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(line)?.[1];
      if (address) {
        child.stderr.resume();
        return address;
      }
    }
  }
  throw new Error(`Firefox did not start: ${said.join('\n')}`);
}
