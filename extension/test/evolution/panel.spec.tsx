import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import { act } from 'react';
import * as React from 'react';
import { createRoot } from 'react-dom/client';

import type { IEvolutionActions } from '../../src/evolution/panel/actions';
import {
  EvolutionView,
  type IEvolutionViewProps
} from '../../src/evolution/panel/EvolutionPanel';

const trans = nullTranslator.load('llmos');

describe('EvolutionView', () => {
  let host: HTMLElement;
  let root: ReturnType<typeof createRoot>;
  let pressed: string[];

  const show = (props: Partial<IEvolutionViewProps>): void =>
    act(() =>
      root.render(
        <EvolutionView
          jobs={[{ job: 'user', isOn: true, due: null, progress: null }]}
          candidates={[]}
          history={[]}
          problem={null}
          actions={
            {
              run: () => pressed.push('run'),
              stop: () => pressed.push('stop')
            } as unknown as IEvolutionActions
          }
          trans={trans}
          {...props}
        />
      )
    );
  const press = (name: string): void =>
    act(() => {
      const buttons = [...host.querySelectorAll('button')];
      buttons.find(({ textContent }) => textContent === name)?.click();
    });

  beforeEach(() => {
    (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT =
      true;
    pressed = [];
    host = document.createElement('div');
    root = createRoot(host);
  });
  afterEach(() => act(() => root.unmount()));

  it('says what it is for and offers the first step', () => {
    show({});
    expect(host.textContent).toContain('run a workflow of two or more skills');
    expect(host.textContent).toContain('Begins with your first session');
    press('Run now');
    expect(pressed).toEqual(['run']);
  });

  it('shows how far a run is, and stops it', () => {
    const progress = { phase: 'replaying', done: 2, total: 3, name: 'X' } as const;
    show({ jobs: [{ job: 'user', isOn: true, due: 0, progress }] });
    expect(host.textContent).toContain('Replaying 2 of 3: X');
    expect(host.querySelector('progress')?.value).toBe(2);
    press('Stop');
    expect(pressed).toEqual(['stop']);
  });

  it('counts the hours until the next run', () => {
    const due = Date.now() + 5 * 3_600_000;
    show({ jobs: [{ job: 'user', isOn: true, due, progress: null }] });
    expect(host.textContent).toContain('in 5 hours');
  });

  it('tells why skills were rejected and why a run failed', () => {
    const run = {
      ...({ v: 1, job: 'user', started: '2026-11-21T10:00:00.000Z', ms: 1 } as const),
      ...{ traces: 6, patterns: 1, candidates: [], verified: 0 }
    } as const;
    show({
      history: [
        { ...run, id: 'a', status: 'failed', error: 'no worker', rejected: [] },
        {
          ...run,
          id: 'b',
          status: 'done',
          rejected: [{ id: 'x', reason: 'Run t6 disagrees.' }]
        }
      ]
    });
    expect(host.textContent).toContain('no worker');
    expect(host.textContent).toContain('Run t6 disagrees.');
  });
});
