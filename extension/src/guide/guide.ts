import type { ILabShell, JupyterFrontEnd } from '@jupyterlab/application';
import { WidgetTracker } from '@jupyterlab/apputils';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { TranslationBundle } from '@jupyterlab/translation';

import { tellError } from '../addCommand';
import { CommandIDs } from '../commands';
import { isThere } from '../graph/files/paths';
import { isNarrow } from '../narrow/sides';
import { whenIdle } from '../whenIdle';
import { GUIDE_ID, GuideFrame } from './GuideFrame';
import { OPENING_NOTEBOOK, opensSite } from './firstVisit';
import { keepingFocus } from './keepFocus';
import type { GuidePanel } from './panel/GuidePanel';
import { somethingOpen } from './somethingOpen';

/** What the guide is placed with. */
export interface IGuideOptions {
  readonly app: JupyterFrontEnd;
  /** Makes what the guide shows; loaded when it is first seen. */
  readonly make: () => Promise<GuidePanel>;
  readonly settings: Promise<ISettingRegistry.ISettings> | null;
  readonly trans: TranslationBundle;
}

/** Name of the setting that opens the guide at a first visit. */
const AT_START = 'openAtStart';

/** The one guide: opens it, and remembers that it was closed. */
export class Guide {
  constructor(private readonly _options: IGuideOptions) {}

  /** The guide that is open, so that a reload opens it again. */
  readonly tracker = new WidgetTracker<GuideFrame>({ namespace: 'llmos-guide' });

  /** Puts the guide into the left side bar, where it is not there yet. */
  place(): GuideFrame {
    const { app, make, trans } = this._options;
    const there = this.tracker.currentWidget;
    if (there) {
      return there;
    }
    const frame = new GuideFrame(trans, make);
    frame.closing.connect(this._onClosing, this);
    app.shell.add(frame, 'left', { rank: 10, type: 'Guide' });
    void this.tracker.add(frame);
    return frame;
  }

  /** Shows the guide, with its code; the focus stays where it is. */
  async show(): Promise<GuidePanel> {
    const frame = this.place();
    this._options.app.shell.activateById(GUIDE_ID);
    return frame.content();
  }

  /**
   * Shows the guide beside the opening notebook when a person comes for the first time. In
   * a narrow window the notebook would have no room beside it: only its tab is there.
   */
  async welcome(shell: ILabShell): Promise<void> {
    const { app, settings } = this._options;
    const { fresh } = await shell.restored;
    if (fresh !== true || !opensSite(window.location)) {
      return;
    }
    await app.restored;
    const values = await settings;
    if (values?.get(AT_START).composite !== true) {
      return;
    }
    await this._openNotebook(window.location.search);
    if (isNarrow()) {
      this.place();
      return;
    }
    // Opening a file by the address shows the file browser just before the file.
    await somethingOpen(shell);
    await whenIdle();
    await keepingFocus(() => this.show());
  }

  private async _openNotebook(search: string): Promise<void> {
    const { commands, serviceManager } = this._options.app;
    const isAsked = new URLSearchParams(search).has('path');
    if (!isAsked && (await isThere(serviceManager.contents, OPENING_NOTEBOOK))) {
      await commands.execute('docmanager:open', { path: OPENING_NOTEBOOK });
    }
  }

  /** Who closes the guide has seen it. */
  private _onClosing(): void {
    const { app, settings, trans } = this._options;
    app.shell.currentWidget?.activate();
    settings
      ?.then(values =>
        values.get(AT_START).composite === true
          ? values.set(AT_START, false)
          : undefined
      )
      .catch((error: unknown) =>
        tellError(trans, trans.__('That the guide was closed'), error)
      );
    app.commands.notifyCommandChanged(CommandIDs.openGuide);
  }
}
