import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import * as React from 'react';
import { act } from 'react';
import { createRoot } from 'react-dom/client';

import { GraphContext, type IGraphContext } from '../../src/graph/panel/context';
import { RunEnd } from '../../src/graph/panel/RunEnd';

describe('the end of a run', () => {
  it('is said, with what has failed, until another one begins', () => {
    const host = document.createElement('div');
    const root = createRoot(host);
    const trans = nullTranslator.load('llmos');
    /** What is said of a run that is under way, or no more. */
    const said = (run: { isRunning: boolean }): string | null => {
      const context = { run, trans } as unknown as IGraphContext;
      act(() =>
        root.render(
          <GraphContext.Provider value={context}>
            <RunEnd />
          </GraphContext.Provider>
        )
      );
      return host.textContent;
    };
    const states = new Map([['a', { status: 'done' }]]);
    const run = { isRunning: false, states };
    // The context is another one at each change, the run the same.
    const at = (isRunning: boolean): string | null =>
      said(Object.assign(run, { isRunning }));
    expect([at(false), at(true), at(false)]).toEqual(['', '', 'The run has ended.']);
    expect(at(true)).toBe('');
    states.set('b', { status: 'failed' });
    expect(at(false)).toBe('The run has ended. 1 cell has failed.');
    at(true);
    // That of another notebook has not ended now.
    expect(said({ isRunning: false })).toBe('');
    act(() => root.unmount());
  });
});
