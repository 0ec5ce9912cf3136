import type { ILabShell, JupyterFrontEnd } from '@jupyterlab/application';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import { Widget } from '@lumino/widgets';
import * as React from 'react';

import { tourSteps } from './steps';
import { TourView } from './TourView';

/** What the tour is shown with. */
export interface ITourContext {
  readonly app: JupyterFrontEnd;
  readonly shell: ILabShell | null;
  readonly trans: TranslationBundle;
}

/** Shows the panels one by one; resolves when the person has ended it. */
export async function startTour({ app, shell, trans }: ITourContext): Promise<void> {
  if (document.querySelector('.llmos-Tour')) {
    return;
  }
  const before = SIDES.map(shownIn);
  const { activeElement: focused } = document;
  await new Promise<void>(done => {
    const widget = ReactWidget.create(
      <TourView
        steps={tourSteps(app, trans)}
        onEnd={() => {
          widget.dispose();
          done();
        }}
        trans={trans}
      />
    );
    Widget.attach(widget, document.body);
  });
  SIDES.forEach((side, at) => {
    const id = before[at];
    if (id !== undefined) {
      app.shell.activateById(id);
    } else if (side === 'left') {
      shell?.collapseLeft();
    } else {
      shell?.collapseRight();
    }
  });
  // The tour could not give it back into a panel that was hidden meanwhile.
  if (focused instanceof HTMLElement) {
    focused.focus();
  }
  if (focused === document.body || focused !== document.activeElement) {
    // Whoever came by the palette had the focus there, and it has closed.
    app.shell.currentWidget?.activate();
  }
}

const SIDES = ['left', 'right'] as const;

/** Id of the panel that a side bar shows; undefined when it is closed. */
function shownIn(side: (typeof SIDES)[number]): string | undefined {
  const shown = document.querySelector(
    `#jp-${side}-stack:not(.lm-mod-hidden) > .lm-Widget:not(.lm-mod-hidden)`
  );
  return shown?.id;
}
