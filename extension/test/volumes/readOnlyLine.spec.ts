import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';

import { ReadOnlyLine } from '../../src/volumes/ReadOnlyLine';

describe('the line of a notebook that is read-only', () => {
  it('stands out once for a word that is typed, and again for the next', () => {
    const trans = nullTranslator.load('llmos');
    const line = new ReadOnlyLine(new CommandRegistry(), 'a.ipynb', 'Read-only', trans);
    const said = line.node.querySelector('[role="status"]');
    let read = 0;
    const { textContent } = Object.getOwnPropertyDescriptors(Node.prototype);
    Object.defineProperty(said, 'textContent', {
      ...textContent,
      set(this: Node, text: string) {
        read += text === '' ? 0 : 1;
        textContent.set?.call(this, text);
      }
    });
    line.refuse('Keep a copy.');
    line.refuse('Keep a copy.');
    expect([said?.textContent, read]).toEqual(['Keep a copy.', 1]);
    expect(line.hasClass('llmos-mod-refused')).toBe(true);
    line.node.dispatchEvent(new Event('animationend'));
    expect(line.hasClass('llmos-mod-refused')).toBe(false);
    line.refuse('Keep a copy.');
    expect(read).toBe(2);
    line.dispose();
  });
});
