import '../browser';

import type { NotebookPanel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';

import { openedForGood } from '../../src/skills/openedNotebook';

/** A notebook panel as far as its opening goes. */
class OpeningPanel {
  readonly kernelChanged = new Signal<this, void>(this);
  readonly disposed = new Signal<this, void>(this);
  startKernel: () => void = () => undefined;
  readonly context = {
    ready: Promise.resolve(),
    sessionContext: {
      isReady: false,
      kernelChanged: this.kernelChanged,
      ready: new Promise<void>(done => {
        this.startKernel = done;
      })
    }
  };

  opened(): Promise<void> {
    return openedForGood(this as unknown as NotebookPanel);
  }
}

describe('openedForGood', () => {
  it('waits until JupyterLab turns to the kernel, when it has forgotten the history', async () => {
    const panel = new OpeningPanel();
    const events: string[] = [];
    const opened = panel.opened().then(() => events.push('opened'));
    await panel.context.ready;
    events.push('history forgotten');
    panel.kernelChanged.emit();
    // What follows the announcement in the same task comes first, too.
    void Promise.resolve()
      .then(() => undefined)
      .then(() => events.push('last promise'));
    await opened;
    expect(events).toEqual(['history forgotten', 'last promise', 'opened']);
  });

  it('takes a notebook without kernel as open when its session is ready', async () => {
    const panel = new OpeningPanel();
    panel.startKernel();
    await expect(panel.opened()).resolves.toBeUndefined();
  });

  it('does not wait for a notebook that is closed meanwhile', async () => {
    const panel = new OpeningPanel();
    const opened = panel.opened();
    panel.disposed.emit();
    await expect(opened).resolves.toBeUndefined();
  });
});
