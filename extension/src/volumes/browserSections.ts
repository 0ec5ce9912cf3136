import {
  Uploader,
  type DirListing,
  type FileBrowser,
  type IFileBrowserFactory
} from '@jupyterlab/filebrowser';
import type { TranslationBundle } from '@jupyterlab/translation';
import { newFolderIcon, refreshIcon, ToolbarButton } from '@jupyterlab/ui-components';
import type { AccordionPanel } from '@lumino/widgets';

import { UncommittedModel } from '../session/statusModel';
import type { IVolume, IVolumes } from '../tokens';
import { SYSTEM_VOLUME, USER_VOLUME } from './copyToUser';
import { MarkRenderer } from './markRenderer';

/** What the sections are made with. */
export interface ISectionOptions {
  readonly host: FileBrowser;
  readonly factory: IFileBrowserFactory;
  readonly volumes: IVolumes;
  readonly trans: TranslationBundle;
}

/** Keeps one section of the file browser for each mounted volume, folded at first. */
export class VolumeSections {
  constructor(private readonly _options: ISectionOptions) {
    _options.volumes.changed.connect(this._update, this);
    this._update();
  }

  /** Unfolds a volume's section, and goes to a folder in it. */
  async show(name: string, folder = ''): Promise<void> {
    const section = this._sections.get(name);
    if (!section) {
      throw new Error(
        this._options.trans.__(
          'There is no volume "%1". Is its team in your profile?',
          name
        )
      );
    }
    const accordion = this._options.host.accordionPanel;
    const at = accordion?.widgets.indexOf(section) ?? -1;
    if (accordion && at >= 0) {
      accordion.expand(at);
      const isOpen = accordion.widgets.map(each => each === section || each.isVisible);
      accordion.setRelativeSizes(isOpen.map(open => (open ? 1 : 0)));
    }
    await section.model.cd(`/${folder}`);
  }

  private _update(): void {
    const { host, volumes } = this._options;
    for (const [name, section] of this._sections) {
      if (!volumes.get(name)) {
        host.removeSectionWidget(section);
        section.dispose();
        this._sections.delete(name);
      }
    }
    for (const volume of volumes.volumes) {
      const known = this._sections.get(volume.name);
      const section = known ?? this._make(volume);
      const isFolded = known?.isHidden ?? true;
      // Taken out and put in again, so that they stand in the order of the volumes.
      if (known) {
        host.removeSectionWidget(known);
      }
      this._sections.set(volume.name, section);
      host.addSection(section);
      if (isFolded) {
        fold(host.accordionPanel, section);
      }
    }
  }

  private _make(volume: IVolume): FileBrowser {
    const { factory, trans } = this._options;
    const { name, drive, repository } = volume;
    const uncommitted = repository && new UncommittedModel(drive, repository);
    const renderer: DirListing.IRenderer | undefined =
      uncommitted && new MarkRenderer(uncommitted, trans);
    keepCurrent(this._options.host);
    const browser = factory.createFileBrowser(`llmos-volume-${name}`, {
      driveName: name,
      refreshInterval: 300_000,
      restore: false,
      state: null,
      ...(renderer && { renderer })
    });
    browser.addClass('llmos-VolumeSection');
    browser.node.dataset.volume = name;
    browser.title.label = labelOf(volume, trans);
    browser.title.caption = captionOf(volume, trans);
    browser.showLastModifiedColumn = false;
    browser.showFileCheckboxes = false;
    if (repository) {
      addButtons(browser, trans);
    }
    uncommitted?.stateChanged.connect(() => void browser.model.refresh());
    browser.disposed.connect(() => uncommitted?.dispose());
    void browser.model.cd('/');
    return browser;
  }

  private readonly _sections = new Map<string, FileBrowser>();
}

/**
 * New files go where the factory's current browser is, and a browser that is added becomes
 * the current one unless another has the focus. So the site's own files count as focused:
 * a volume is current once somebody goes there, not because it was mounted last.
 */
function keepCurrent(host: FileBrowser): void {
  host.node.dispatchEvent(new FocusEvent('focus'));
}

/** The listing of the site's own files keeps its room until a volume is unfolded. */
function fold(accordion: AccordionPanel | null, section: FileBrowser): void {
  const at = accordion?.widgets.indexOf(section) ?? -1;
  if (accordion && at >= 0) {
    accordion.collapse(at);
  }
}

function addButtons(browser: FileBrowser, trans: TranslationBundle): void {
  const { model, toolbar } = browser;
  toolbar.addItem(
    'newFolder',
    new ToolbarButton({
      icon: newFolderIcon,
      tooltip: trans.__('New folder'),
      onClick: () => void browser.createNewDirectory()
    })
  );
  toolbar.addItem('upload', new Uploader({ model }));
  toolbar.addItem(
    'refresh',
    new ToolbarButton({
      icon: refreshIcon,
      tooltip: trans.__('Refresh'),
      onClick: () => void model.refresh()
    })
  );
}

function labelOf({ name, owner }: IVolume, trans: TranslationBundle): string {
  return name === USER_VOLUME
    ? trans.__('My volume')
    : owner.kind === 'team'
      ? trans.__('Team %1', owner.id)
      : trans.__('System library');
}

function captionOf({ name, owner }: IVolume, trans: TranslationBundle): string {
  if (name === SYSTEM_VOLUME) {
    return trans.__('system: the library that comes with this site; read only');
  }
  return owner.kind === 'team'
    ? trans.__('%1: shared with your team; members add their own sessions', name)
    : trans.__('user: your skills and sessions, kept with their history here');
}
