import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IIncomingFile } from '@llmos-lab/skills';

import { readChosen } from './dropped';

/**
 * Lets the person choose files, or a folder, from this machine; undefined when they
 * cancel.
 */
export async function chooseFiles(
  trans: TranslationBundle
): Promise<readonly IIncomingFile[] | undefined> {
  const { button } = await showDialog({
    title: trans.__('Import skills'),
    body: trans.__(
      'A skill is a folder with SKILL.md, or a Markdown file. Several can come in one zip or folder; they are copied to your volume.'
    ),
    buttons: [
      Dialog.cancelButton(),
      Dialog.createButton({ label: trans.__('Choose a folder'), actions: ['folder'] }),
      Dialog.okButton({ label: trans.__('Choose files'), actions: ['files'] })
    ]
  });
  const [action] = button.actions;
  if (!button.accept && action !== 'folder') {
    return undefined;
  }
  const files = await pick(action === 'folder');
  return files && files.length > 0 ? readChosen(files) : undefined;
}

function pick(folder: boolean): Promise<readonly File[] | undefined> {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  if (folder) {
    input.webkitdirectory = true;
  } else {
    input.accept = '.zip,.md,.skill';
  }
  return new Promise(done => {
    input.addEventListener('change', () => done([...(input.files ?? [])]), {
      once: true
    });
    input.addEventListener('cancel', () => done(undefined), { once: true });
    input.click();
  });
}
