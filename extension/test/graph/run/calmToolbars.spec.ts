import { calmToolbars } from '../../../src/graph/run/calmToolbars';

const looked: HTMLElement[] = [];

/** As far as toolbars are known of: they look again at each change. */
class FakeToolbar extends HTMLElement {
  reduceFocusableElements(): void {
    looked.push(this);
  }
}

beforeAll(() => {
  jest.useFakeTimers();
  calmToolbars(); // Before there are any, that is of no effect.
  customElements.define('jp-toolbar', FakeToolbar);
  calmToolbars();
});

afterAll(() => jest.useRealTimers());

it('lets toolbars look a few times a second', async () => {
  const [first, second] = [new FakeToolbar(), new FakeToolbar()];
  document.body.append(first, second);
  const change = (toolbar: FakeToolbar): void => {
    for (let n = 0; n < 10; n++) {
      toolbar.reduceFocusableElements();
    }
  };
  change(first);
  change(second);
  expect(looked).toEqual([]);
  await jest.runAllTimersAsync();
  expect(looked).toEqual([first, second]);

  change(first);
  expect(looked).toHaveLength(2);
  await jest.runAllTimersAsync();
  expect(looked.slice(2)).toEqual([first]);

  change(second);
  second.remove();
  await jest.runAllTimersAsync();
  expect(looked).toHaveLength(3);
});
