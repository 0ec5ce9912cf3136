import '../browser';

import { WindowedList, WindowedListModel } from '@jupyterlab/ui-components';
import { Widget } from '@lumino/widgets';

import { scrollToCell } from '../../src/notebook/scrollToCell';

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
