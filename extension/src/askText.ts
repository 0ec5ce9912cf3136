import { Dialog } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';

/** What a person is asked to type. */
export interface ITextQuestion {
  readonly title: string;
  readonly label: string;
  readonly okLabel: string;
  readonly text?: string;
  readonly placeholder?: string;
  /** What is wrong with a text, in a sentence; null when it can be taken. */
  readonly problemOf: (text: string) => string | null;
}

/**
 * Asks for a line of text, and says what is wrong with it while it is typed: the dialog
 * takes no other. Null when the person cancels.
 */
export async function askText(question: ITextQuestion): Promise<string | null> {
  const body = new TextBody(question);
  const dialog = new Dialog({
    title: question.title,
    body,
    focusNodeSelector: 'input',
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: question.okLabel })]
  });
  // JupyterLab's dialogs cannot be accepted while one of their fields is invalid; they
  // look when something is typed, but before the field itself is told of that.
  const look = (): void => dialog.handleEvent(new Event('input'));
  body.checked = look;
  look();
  const { button, value } = await dialog.launch();
  return button.accept ? value : null;
}

class TextBody extends Widget implements Dialog.IBodyWidget<string> {
  constructor(private readonly _question: ITextQuestion) {
    super();
    const { label, text = '', placeholder = '' } = _question;
    this.addClass('llmos-AskText');
    const field = document.createElement('label');
    field.textContent = label;
    this._input.type = 'text';
    this._input.className = 'jp-mod-styled';
    Object.assign(this._input, { value: text, placeholder });
    this._problem.className = 'llmos-AskText-problem';
    this._problem.setAttribute('role', 'alert');
    field.append(this._input);
    this.node.append(field, this._problem);
    this._check();
    // Chrome focuses what is selected: before the dialog does, it would take the field for
    // what had the focus before, and give it back to nothing.
    this._input.addEventListener('focus', () => this._input.select(), { once: true });
    this._input.addEventListener('input', () => {
      this._problem.textContent = this._check();
      this.checked();
    });
  }

  /** Called when a text was checked. */
  checked: () => void = () => undefined;

  getValue(): string {
    return this._input.value.trim();
  }

  private _check(): string {
    const problem = this._question.problemOf(this.getValue()) ?? '';
    this._input.setCustomValidity(problem);
    this._input.setAttribute('aria-invalid', String(problem !== ''));
    return problem;
  }

  private readonly _input = document.createElement('input');
  private readonly _problem = document.createElement('p');
}
