import { chromium, type CDPSession, type Page } from '@playwright/test';

import { LAUNCH } from '../browser';
import { codeCell, notebookFile, openFile, writeFiles } from '../lab';
import { MODEL_KEY, ModelServer } from '../modelServer';
import { FOLDERS, serveFolder } from '../siteServer';
import { median, option, report, slow } from './report';

/**
 * `chat`: what a streamed answer of 20,000 tokens costs the page, an event at a time, and
 * how long a key takes to show in the question's field meanwhile. The server is scripted,
 * the client is the real one.
 */
const TOKENS = Number(option('tokens') ?? 20_000);

/** Letters of an event: about a token. */
const STEP = 4;
/** Events in a second: some five times what models write, so that the page is kept busy. */
const PACE = Number(option('pace') ?? 500);
/** From a key to the frame that shows it, in milliseconds: what the aim is. */
const AIM_MS = 50;
/** Keys typed once an answer has ended or a conversation was opened: what comes then counts, too. */
const KEYS_AFTER = 40;

const PARAGRAPH =
  'The variational principle says that the energy of any state is an upper bound of the ' +
  'lowest eigenvalue, so `quantum-vqe` turns the **angles** until it no longer falls.\n\n' +
  '- one\n- two\n- three\n\n```python\nvqe = await skill("quantum-vqe")(hamiltonian=h.hamiltonian)\n```\n\n';

/** Seconds that scripts have run in the page. */
async function scriptTime(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0;
}

declare global {
  /** Milliseconds from the last key to the frame that showed it. */
  var llmosKeyShown: Promise<number>;
}

/** Times each key from now on. The page listens first: it may be busy when a key comes. */
function listenForKeys(page: Page): Promise<void> {
  return page.evaluate(() => {
    document.addEventListener(
      'keydown',
      ({ timeStamp }) => {
        globalThis.llmosKeyShown = new Promise(resolve => {
          const { port1, port2 } = new MessageChannel();
          // A message comes after the frame was drawn.
          port1.onmessage = () => resolve(performance.now() - timeStamp);
          requestAnimationFrame(() => port2.postMessage(null));
        });
      },
      { capture: true }
    );
  });
}

/** Milliseconds from a key to the frame that shows it. */
async function timeKey(page: Page, key: string): Promise<number> {
  await page.keyboard.press(key);
  return page.evaluate(() => globalThis.llmosKeyShown);
}

async function timeKeys(page: Page, count: number): Promise<readonly number[]> {
  const keys: number[] = [];
  while (keys.length < count) {
    keys.push(await timeKey(page, 'a'));
  }
  return keys;
}

/** Keys for as long as an answer is written; the page tells with each whether it still is. */
async function timeWriting(page: Page): Promise<readonly number[]> {
  const keys: number[] = [];
  let isWritten = true;
  while (isWritten) {
    keys.push(await timeKey(page, 'a'));
    isWritten = await page.evaluate(
      () => document.querySelector('.llmos-Composer .jp-mod-warn') !== null
    );
  }
  return keys;
}

/** Keys while the conversation with the long answer is opened again. */
async function timeOpening(page: Page): Promise<readonly number[]> {
  const panel = page.locator('#llmos-assistant-panel');
  const choice = panel.getByRole('combobox', { name: 'Conversation' });
  const first = await choice.inputValue();
  await panel.getByRole('button', { name: 'New conversation' }).click();
  // A value that is set beside the list leaves the focus in the field.
  await panel.getByLabel('Question for the assistant').focus();
  await choice.evaluate((element, value) => {
    const select = element as HTMLSelectElement;
    // Behind this answer, so that keys come while it is opened.
    setTimeout(() => {
      select.value = value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    });
  }, first);
  const keys = await timeKeys(page, KEYS_AFTER);
  await panel.getByRole('article').first().waitFor();
  return keys;
}

async function enterKey(page: Page, url: string): Promise<void> {
  const panel = page.locator('#llmos-assistant-panel');
  await panel.getByRole('button', { name: 'Model and key' }).click();
  const dialog = page.locator('.jp-Dialog');
  await dialog.locator('input[name="server"]').fill(url);
  await dialog.locator('input[name="key"]').fill(MODEL_KEY);
  await dialog.getByRole('button', { name: 'Keep' }).click();
  // Asked before the key is kept, the library would answer.
  await panel.locator('.llmos-AssistantHeader-who', { hasText: 'claude-' }).waitFor();
}

async function main(): Promise<void> {
  const site = await serveFolder(FOLDERS.testSite);
  const server = await ModelServer.start();
  const browser = await chromium.launch(LAUNCH);
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(`${site.url}lab/index.html?reset`);
    await writeFiles(page, [notebookFile('chat.ipynb', ['x = 1'])]);
    await openFile(page, 'chat.ipynb');
    await codeCell(page, 0).waitFor();
    await page.locator('.lm-TabBar-tab[data-id="llmos-assistant-panel"]').click();
    await enterKey(page, server.url);
    const text = PARAGRAPH.repeat(Math.ceil((TOKENS * STEP) / PARAGRAPH.length));
    server.replies = [{ text, step: STEP, pace: PACE }];
    const events = Math.ceil(text.length / STEP);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const panel = page.locator('#llmos-assistant-panel');
    const field = panel.getByLabel('Question for the assistant');
    const before = await scriptTime(session);
    await field.fill('Talk at length');
    await field.press('Enter');
    await panel.getByRole('button', { name: 'Stop' }).waitFor();
    await listenForKeys(page);
    const during = await timeWriting(page);
    const spent = ((await scriptTime(session)) - before) * 1000;
    const after = await timeKeys(page, KEYS_AFTER);
    const opened = await timeOpening(page);
    report('chat', browser.version(), [
      { metric: 'events', value: events, unit: '' },
      { metric: 'script time an event', value: spent / events, unit: 'ms' },
      { metric: 'keys while it is written', value: during.length, unit: '' },
      { metric: 'key to frame, median', value: median(during), unit: 'ms' },
      { metric: 'key to frame, 95 %', value: slow(during), unit: 'ms' },
      { metric: 'key to frame, slowest', value: Math.max(...during), unit: 'ms' },
      {
        metric: `keys slower than ${AIM_MS} ms`,
        value: during.filter(ms => ms > AIM_MS).length,
        unit: ''
      },
      { metric: 'slowest key once it ended', value: Math.max(...after), unit: 'ms' },
      {
        metric: 'slowest key, conversation opened',
        value: Math.max(...opened),
        unit: 'ms'
      }
    ]);
  } finally {
    await browser.close();
    await server.stop();
    await site.close();
  }
}

await main();
