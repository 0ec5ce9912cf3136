import '../browser';

import type { Notebook } from '@jupyterlab/notebook';
import { WindowedList, WindowedListModel } from '@jupyterlab/ui-components';
import { Widget } from '@lumino/widgets';

import { scrollToCell, scrollToCursor } from '../../src/notebook/scrollToCell';

class Cells extends WindowedListModel {
  override readonly estimateWidgetSize = (): number => 20;
  override readonly widgetRenderer = (): Widget => new Widget();
}

describe('scrollToCell', () => {
  it('settles where another cell is asked for meanwhile', async () => {
    // JupyterLab writes down what it rejects.
    jest.spyOn(console, 'debug').mockReturnValue(undefined);
    const content = new WindowedList({ model: new Cells({ count: 9 }) });
    const first = scrollToCell(content, 3, 'smart');
    const second = scrollToCell(content, 7, 'smart');
    await expect(Promise.all([first, second])).resolves.toBeDefined();
    content.dispose();
  });
});

describe('scrollToCursor', () => {
  it('shows the cursor once its cell is there', async () => {
    const shown: unknown[] = [];
    const editor = {
      getCursorPosition: () => ({ line: 3, column: 1 }),
      revealPosition: (...given: unknown[]) => shown.push(given)
    };
    const content = {
      activeCellIndex: 2,
      activeCell: { editor },
      scrollToItem: (index: number) => Promise.resolve(shown.push(index))
    };
    await scrollToCursor(content as unknown as Notebook);
    expect(shown).toEqual([2, [{ line: 3, column: 1 }]]);
  });
});
