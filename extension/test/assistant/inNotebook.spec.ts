import '../browser';

import { Notification } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { nullTranslator } from '@jupyterlab/translation';

import { inNotebook } from '../../src/assistant/inNotebook';

describe('what an answer inserts', () => {
  const trans = nullTranslator.load('llmos');
  const told = (): string | undefined => Notification.manager.notifications[0]?.message;
  const insertInto = (panel: object | null, insert = jest.fn()): jest.Mock => {
    inNotebook({ notebooks: { currentWidget: panel as NotebookPanel }, trans }, insert);
    return insert;
  };
  const notebook = (readOnly: boolean, writable: boolean): object => ({
    model: { readOnly },
    context: { contentsModel: { writable } }
  });
  afterEach(() => Notification.manager.dismiss());

  it('goes into the notebook in front', () => {
    const panel = notebook(false, true);
    expect(insertInto(panel)).toHaveBeenCalledWith(panel);
    expect(told()).toBeUndefined();
  });

  it.each([
    ['locked', notebook(true, true)],
    ['in a file that cannot be written', notebook(false, false)]
  ])('does not go into one that is %s, which is said', (_, panel) => {
    expect(insertInto(panel)).not.toHaveBeenCalled();
    expect(told()).toBe(
      'Nothing was inserted: This notebook is read-only. Keep a copy of it to change it.'
    );
  });

  it('needs a notebook, and says what fails', () => {
    expect(insertInto(null)).not.toHaveBeenCalled();
    expect(told()).toBe('No notebook is open. Open one and try again.');
    const fails = jest.fn(() => {
      throw new Error('No such cell.');
    });
    insertInto(notebook(false, true), fails);
    expect(told()).toBe('Nothing was inserted: No such cell.');
  });
});
