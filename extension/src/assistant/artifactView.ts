import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { TranslationBundle } from '@jupyterlab/translation';
import { artifactKind, type IChatArtifact } from '@llmos-lab/skills';
import { Widget } from '@lumino/widgets';

import { tellError } from '../addCommand';
import { CommandIDs } from '../commands';
import { besides } from '../graph/files/paths';
import { outputsOf } from '../graph/graphModel/outputs';
import { revealCell } from '../notebook/revealCell';
import { reasonOf } from '../reasonOf';
import type { ISkillLibrary } from '../tokens';

/** What artifacts are shown with. */
export interface IArtifactViewOptions {
  readonly app: JupyterFrontEnd;
  readonly library: ISkillLibrary;
  /** The notebook of the conversation, which need not be in front. */
  readonly notebook: () => NotebookPanel | null;
  readonly rendermime: IRenderMimeRegistry;
  readonly trans: TranslationBundle;
}

/** Lines of a text file that a preview shows. */
const PREVIEW_LINES = 30;
/** A larger file is not read for a preview, in bytes. */
const PREVIEW_BYTES = 2_000_000;

/** Shows artifacts of a conversation's notebook, and leads to them. */
export class ArtifactView {
  constructor(private readonly _options: IArtifactViewOptions) {}

  /** Shows an artifact in an element; the result takes it out again. */
  readonly preview = (host: HTMLElement, artifact: IChatArtifact): (() => void) => {
    const shown = this._output(artifact);
    if (shown) {
      Widget.attach(shown, host);
      return () => {
        if (shown.isAttached) {
          Widget.detach(shown);
        }
        shown.dispose();
      };
    }
    let isOver = false;
    this._node(artifact).then(
      node => {
        if (!isOver) {
          host.replaceChildren(node);
        }
      },
      (error: unknown) => {
        host.textContent = reasonOf(error);
      }
    );
    return () => {
      isOver = true;
      host.replaceChildren();
    };
  };

  /** Goes to where an artifact stands: its cell, its skill, its file. */
  readonly open = (artifact: IChatArtifact): void => {
    const { app, trans } = this._options;
    this._open(artifact).catch((error: unknown) =>
      tellError(trans, app.commands.label('docmanager:open'), error)
    );
  };

  private async _open({ type, name, cell }: IChatArtifact): Promise<void> {
    const { app, trans } = this._options;
    const panel = this._panel();
    if (cell !== undefined) {
      if (!(await revealCell(app.shell, panel, cell))) {
        throw new Error(trans.__('The cell is no longer in the notebook.'));
      }
    } else if (type === 'skill') {
      await app.commands.execute(CommandIDs.openSkill, { id: name });
    } else {
      const path = besides(panel.context.path, name);
      await app.commands.execute('docmanager:open', { path });
    }
  }

  /** The cell's output that is such an artifact, as the notebook shows it. */
  private _output({ type, cell }: IChatArtifact): Widget | null {
    const { rendermime, notebook } = this._options;
    const model = [...(notebook()?.model?.cells ?? [])].find(({ id }) => id === cell);
    for (const { data } of model ? outputsOf(model) : []) {
      const kind = artifactKind(data);
      if (kind?.type === type) {
        const renderer = rendermime.createRenderer(kind.mime);
        const bundle = { [kind.mime]: data[kind.mime] };
        // A renderer says in its own node what it cannot show.
        void renderer.renderModel(
          rendermime.createModel({ data: bundle as never, trusted: false })
        );
        return renderer;
      }
    }
    return null;
  }

  private async _node(artifact: IChatArtifact): Promise<HTMLElement> {
    const { type, name, cell, bytes } = artifact;
    const { library, trans } = this._options;
    if (type === 'skill') {
      const skill = library.get(name)?.skill;
      return textNode(skill?.description ?? trans.__('The skill is gone.'));
    }
    if (cell !== undefined) {
      const cells = this._panel().model?.sharedModel.cells;
      const found = cells?.find(each => each.getId() === cell);
      return textNode(
        found?.getSource() ?? trans.__('The cell is no longer in the notebook.')
      );
    }
    return (bytes ?? 0) > PREVIEW_BYTES
      ? textNode(trans.__('The file is too large for a preview.'))
      : this._file(name);
  }

  private async _file(name: string): Promise<HTMLElement> {
    const { app, trans } = this._options;
    const path = besides(this._panel().context.path, name);
    const file = await app.serviceManager.contents.get(path, {
      ...{ type: 'file', content: true }
    });
    const content: unknown = file.content;
    if (file.format === 'base64') {
      return file.mimetype.startsWith('image/')
        ? pictureNode(`data:${file.mimetype};base64,${String(content)}`, name)
        : textNode(trans.__('There is no preview of such a file.'));
    }
    const text =
      typeof content === 'string' ? content : JSON.stringify(content, null, 2);
    return textNode(text.split('\n').slice(0, PREVIEW_LINES).join('\n'));
  }

  private _panel(): NotebookPanel {
    const panel = this._options.notebook();
    if (!panel || panel.isDisposed) {
      throw new Error(this._options.trans.__('The notebook is not open.'));
    }
    return panel;
  }
}

function pictureNode(source: string, name: string): HTMLElement {
  const picture = document.createElement('img');
  picture.src = source;
  picture.alt = name;
  return picture;
}

function textNode(text: string): HTMLElement {
  const pre = document.createElement('pre');
  pre.tabIndex = 0;
  pre.textContent = text;
  return pre;
}
