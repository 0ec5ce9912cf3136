import {
  expect as expectThat,
  JupyterLabPage,
  test as galata
} from '@jupyterlab/galata';
import type { BrowserContext, Page } from '@playwright/test';

export { expect } from '@jupyterlab/galata';

/**
 * Galata gives the application 15 s to start and ends the test; a small, busy machine
 * takes longer.
 */
const START_TIMEOUT_MS = 60_000;

JupyterLabPage.prototype.waitForCondition = async (
  condition,
  timeout = START_TIMEOUT_MS
) => {
  await expectThat.poll(condition, { timeout }).toBe(true);
};

/** What a browser context asked for and what its pages complained of. */
export interface ITraffic {
  /** Addresses asked for on other hosts than the site's own. */
  readonly foreign: string[];
  /** Errors on consoles, and errors that nothing caught. */
  readonly errors: string[];
  /** How many requests were made in all. */
  count: number;
}

/** Keeps the record of a context: its pages, their workers and the service worker. */
export function recordTraffic(context: BrowserContext): ITraffic {
  const traffic: ITraffic = { foreign: [], errors: [], count: 0 };
  const note = (address: string): void => {
    traffic.count += 1;
    const { protocol, hostname } = new URL(address);
    const isLocal = ['localhost', '127.0.0.1'].includes(hostname);
    if (!['blob:', 'data:'].includes(protocol) && !isLocal) {
      traffic.foreign.push(address);
    }
  };
  context.on('request', request => note(request.url()));
  context.on('console', message => {
    if (message.type() === 'error') {
      traffic.errors.push(`${message.text()} (${message.location().url})`);
    }
  });
  context.on('weberror', error => traffic.errors.push(String(error.error())));
  context.on('page', page => page.on('websocket', socket => note(socket.url())));
  return traffic;
}

/** Waits until the application is there and its splash screen gone. */
export async function applicationReady(page: Page): Promise<void> {
  await page.locator('#jupyterlab-splash').waitFor({ state: 'detached' });
  await page.locator('#jp-main-dock-panel').waitFor();
}

interface IFixtures {
  /** The record of this test's browser context. Foreign requests fail every test. */
  readonly traffic: ITraffic;
}

/**
 * Galata's test for a static site: nothing is mocked, since no server answers, and the
 * application counts as ready without a Launcher.
 */
export const test = galata.extend<IFixtures>({
  mockConfig: false,
  mockSettings: false,
  mockState: false,
  mockUser: false,
  kernels: async ({ baseURL: _ }, use) => use(null),
  sessions: async ({ baseURL: _ }, use) => use(null),
  terminals: async ({ baseURL: _ }, use) => use(null),
  tmpPath: async ({ baseURL: _ }, use) => use(''),
  waitForApplication: async ({ baseURL: _ }, use) =>
    use((page: Page) => applicationReady(page)),
  traffic: [
    async ({ context }, use) => {
      const traffic = recordTraffic(context);
      await use(traffic);
      if (traffic.foreign.length > 0) {
        throw new Error(`Requests to other hosts:\n${traffic.foreign.join('\n')}`);
      }
    },
    { auto: true }
  ]
});
