import { DirListing } from '@jupyterlab/filebrowser';
import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';

import { splitDrive } from './copyToUser';
import { isWithin } from './fileStore';
import type { IFileStatus } from './fileStatus';

/** How files of a volume differ from its newest commit. */
export interface IUncommitted {
  readonly files: readonly IFileStatus[];
}

/** Rows of the file browser; those that are not committed say so behind their name. */
export class MarkRenderer extends DirListing.Renderer {
  constructor(
    private readonly _uncommitted: IUncommitted,
    private readonly _trans: TranslationBundle
  ) {
    super();
  }

  override updateItemNode(
    ...args: Parameters<DirListing.Renderer['updateItemNode']>
  ): void {
    super.updateItemNode(...args);
    const [node, model] = args;
    const text = node.querySelector<HTMLElement>('.jp-DirListing-itemText');
    const mark = this._markOf(model);
    if (!text) {
      return;
    }
    if (mark === undefined) {
      delete text.dataset.llmosMark;
    } else {
      text.dataset.llmosMark = mark;
      node.title = `${node.title}\n${this._trans.__('Not committed: %1', mark)}`;
    }
  }

  /** A folder is marked for what is in it. */
  private _markOf({ path, type }: Contents.IModel): string | undefined {
    const { local } = splitDrive(path);
    const trans = this._trans;
    const found = this._uncommitted.files.filter(file => isWithin(file.path, local));
    if (type === 'directory') {
      return found.length === 0 ? undefined : String(found.length);
    }
    return (
      found[0] && (found[0].change === 'added' ? trans.__('new') : trans.__('edited'))
    );
  }
}
