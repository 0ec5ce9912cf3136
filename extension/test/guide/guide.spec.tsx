import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import { act } from 'react';
import * as React from 'react';
import { createRoot } from 'react-dom/client';

import { compassIcon } from '../../src/icons';
import { GuideView, type IGuideActions } from '../../src/guide/panel/GuidePanel';
import { GuideModel } from '../../src/guide/panel/model';
import type {
  IGuideContext,
  IPrompt,
  IPromptResult,
  IPromptRun
} from '../../src/guide/prompts/prompt';

const trans = nullTranslator.load('llmos');
const context = { trans } as IGuideContext;

/** A prompt whose run the test ends. */
class Prompt implements IPrompt {
  constructor(readonly id: string) {
    this.title = `Title of ${id}`;
  }
  readonly title: string;
  readonly icon = compassIcon;
  readonly about = 'About it.';
  readonly next = 'Try more.';
  isShown = false;
  under: (IPromptRun & {
    resolve(result: IPromptResult): void;
    reject(reason: unknown): void;
  })[] = [];

  readonly run = (_: IGuideContext, run: IPromptRun): Promise<IPromptResult> =>
    new Promise((resolve, reject) => {
      run.signal.addEventListener('abort', () =>
        reject(new DOMException('Stopped', 'AbortError'))
      );
      this.under.push({ ...run, resolve, reject });
    });

  end(): void {
    this.under.at(-1)?.resolve({
      text: '6 cells in 5.2 s',
      show: () => {
        this.isShown = true;
      }
    });
  }
}

describe('GuideModel', () => {
  it('tells how far a prompt is, and what it came to', async () => {
    const prompt = new Prompt('vqe');
    const model = new GuideModel([prompt], context);
    const phases: string[] = [];
    model.stateChanged.connect(() => phases.push(model.state('vqe').phase));
    const ended = model.start('vqe');
    expect(model.running).toBe('vqe');
    prompt.under[0]?.report({ text: 'Cell 2 of 6', fraction: 0.3 });
    expect(model.state('vqe')).toMatchObject({ progress: { text: 'Cell 2 of 6' } });
    prompt.end();
    expect(await ended).toMatchObject({ phase: 'done' });
    expect(model.running).toBeNull();
    expect(phases).toEqual(['running', 'running', 'done']);
  });

  it('starts no second one while one runs', async () => {
    const [a, b] = [new Prompt('a'), new Prompt('b')];
    const model = new GuideModel([a, b], context);
    const ended = model.start('a');
    expect(await model.start('b')).toEqual({ phase: 'idle' });
    expect(b.under).toEqual([]);
    a.end();
    await ended;
  });

  it('says why one failed, and that one was stopped', async () => {
    const prompt = new Prompt('a');
    const model = new GuideModel([prompt], context);
    const failed = model.start('a');
    prompt.under[0]?.reject(new Error('NameError: x'));
    expect(await failed).toEqual({ phase: 'failed', reason: 'NameError: x' });
    const stopped = model.start('a');
    model.stop();
    expect(await stopped).toEqual({ phase: 'cancelled' });
  });

  it('refuses a prompt that it does not have, and names those that it has', async () => {
    const model = new GuideModel([new Prompt('a')], context);
    await expect(model.start('x')).rejects.toThrow('no prompt "x". It has: a.');
  });
});

describe('GuideView', () => {
  let host: HTMLElement;
  let root: ReturnType<typeof createRoot>;
  let closed = 0;
  const prompt = new Prompt('vqe');
  const model = new GuideModel([prompt, new Prompt('b')], context);
  const nothing = (): void => undefined;
  const actions: IGuideActions = {
    ...{ tour: nothing, keys: nothing, preflight: nothing, templates: nothing },
    close: () => {
      closed += 1;
    }
  };
  const draw = (): void =>
    act(() =>
      root.render(
        <GuideView
          prompts={model.prompts}
          running={model.running}
          state={id => model.state(id)}
          start={id => void model.start(id)}
          stop={() => model.stop()}
          actions={actions}
          trans={trans}
        />
      )
    );
  const button = (name: string): HTMLButtonElement | undefined =>
    [...host.querySelectorAll('button')].find(
      each => (each.getAttribute('aria-label') ?? each.textContent) === name
    );

  beforeEach(() => {
    host = document.createElement('div');
    document.body.append(host);
    root = createRoot(host);
  });
  afterEach(() => {
    act(() => root.unmount());
    host.remove();
  });

  it('runs a prompt by one button, which keeps the focus as Stop', async () => {
    draw();
    const run = button('Run this');
    run?.focus();
    act(() => run?.click());
    draw();
    expect(document.activeElement).toBe(run);
    expect(run?.textContent).toBe('Stop');
    expect(button('Run this')?.getAttribute('aria-disabled')).toBe('true');
    await act(async () => {
      prompt.end();
      await Promise.resolve();
    });
    draw();
    expect(host.textContent).toContain('6 cells in 5.2 s');
    expect(host.textContent).toContain('Try more.');
    act(() => button('Go to the result')?.click());
    expect(prompt.isShown).toBe(true);
  });

  it('can be closed', () => {
    draw();
    act(() => button('Close the guide')?.click());
    expect(closed).toBe(1);
  });
});
