import { Dialog, showDialog } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';

/** What a dialog asks somebody to choose among. */
export interface IItemQuestion {
  readonly title: string;
  /** Of the list; JupyterLab's own dialog gives it to no element that is there. */
  readonly label: string;
  readonly items: readonly string[];
  readonly okLabel: string;
}

/** Asks for one of some items; undefined when the person cancels. */
export async function askItem(question: IItemQuestion): Promise<string | undefined> {
  const { title, okLabel } = question;
  const { button, value } = await showDialog<string>({
    title,
    body: new ItemList(question),
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: okLabel })],
    focusNodeSelector: 'select'
  });
  return button.accept ? (value ?? undefined) : undefined;
}

class ItemList extends Widget implements Dialog.IBodyWidget<string> {
  constructor({ label, items }: IItemQuestion) {
    super();
    this.addClass('jp-Input-Dialog');
    const name = document.createElement('label');
    name.textContent = label;
    name.htmlFor = this._list.id = 'llmos-askItem-list';
    this._list.append(...items.map(item => new Option(item)));
    this.node.append(name, this._list);
  }

  getValue(): string {
    return this._list.value;
  }

  private readonly _list = document.createElement('select');
}
