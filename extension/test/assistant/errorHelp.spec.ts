import '../browser';

import { MimeModel, RenderMimeRegistry } from '@jupyterlab/rendermime';
import { nullTranslator } from '@jupyterlab/translation';

import { ERROR_MIME, ErrorHelp } from '../../src/assistant/errorHelp';

const ACTIONS = ['Explain', 'Fix'].map(label => {
  return { label, caption: label, click: () => undefined };
});

/** An error of this name as the notebook shows it. */
async function draw(ename: string): Promise<HTMLElement> {
  const { sanitizer } = new RenderMimeRegistry();
  const options = { mimeType: ERROR_MIME, sanitizer, resolver: null };
  const help = new ErrorHelp(
    { ...options, linkHandler: null, latexTypesetter: null },
    ACTIONS,
    nullTranslator.load('llmos')
  );
  const data = {
    [ERROR_MIME]: { ename, evalue: '', traceback: [] },
    'application/vnd.jupyter.stderr': `Traceback of ${ename}`
  };
  await help.renderModel(new MimeModel({ data }));
  return help.node;
}

const labelsOf = (node: HTMLElement): readonly (string | null)[] =>
  [...node.querySelectorAll('button')].map(({ textContent }) => textContent);

describe('ErrorHelp', () => {
  it('offers to explain and to fix an error', async () => {
    expect(labelsOf(await draw('ValueError'))).toEqual(['Explain', 'Fix']);
  });

  it.each(["<class 'KeyboardInterrupt'>", 'KeyboardInterrupt', 'Kernel Interrupt'])(
    'says of a stop only that it was one: %s',
    async ename => {
      const node = await draw(ename);
      expect(labelsOf(node)).toEqual(['Stopped']);
      expect(node.classList).not.toContain('llmos-mod-open');
    }
  );

  it('unfolds where the cell was stopped', async () => {
    const node = await draw('KeyboardInterrupt');
    const button = node.querySelector('button');
    button?.click();
    expect(node.classList).toContain('llmos-mod-open');
    expect(button?.getAttribute('aria-expanded')).toBe('true');
    expect(node.textContent).toContain('Traceback of KeyboardInterrupt');
  });
});
