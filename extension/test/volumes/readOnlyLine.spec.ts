import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';

import { ReadOnlyLine } from '../../src/volumes/ReadOnlyLine';

describe('the line of a notebook that is read-only', () => {
  it.each(['animationend', 'animationcancel'])(
    'says why once for a word that is typed, and again for the next after %s',
    async end => {
      const trans = nullTranslator.load('llmos');
      const line = new ReadOnlyLine(new CommandRegistry(), 'a.md', 'Read-only', trans);
      const [text, status] = line.node.children;
      expect(status?.getAttribute('role')).toBe('status');
      const read: (string | null)[] = [];
      const observer = new MutationObserver(() =>
        read.push(status?.textContent ?? null)
      );
      observer.observe(line.node, { childList: true, subtree: true });
      // A microtask is when what has changed is told.
      const refuse = async (): Promise<void> => {
        line.refuse('Keep a copy.');
        line.refuse('Keep a copy.');
        await Promise.resolve();
        expect(line.hasClass('llmos-mod-refused')).toBe(true);
      };
      const settle = async (): Promise<void> => {
        line.node.dispatchEvent(new Event(end));
        await Promise.resolve();
        expect(line.hasClass('llmos-mod-refused')).toBe(false);
      };
      await refuse();
      await settle();
      await refuse();
      await settle();
      // What is read out is the reason alone; the line's own text never changes.
      expect(read).toEqual(['Keep a copy.', '', 'Keep a copy.', '']);
      expect(text?.textContent).toBe('Read-only');
      observer.disconnect();
      line.dispose();
    }
  );
});
