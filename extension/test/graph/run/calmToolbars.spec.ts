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

it('lets each toolbar look at once, and then a few times a second', () => {
  const [first, second] = [new FakeToolbar(), new FakeToolbar()];
  document.body.append(first, second);
  const change = (toolbar: FakeToolbar): void => {
    for (let n = 0; n < 10; n++) {
      toolbar.reduceFocusableElements();
    }
  };
  change(first);
  change(second);
  expect(looked).toEqual([first, second]);
  jest.runAllTimers();
  expect(looked).toEqual([first, second, first, second]);

  change(first);
  expect(looked).toHaveLength(4);
  jest.runAllTimers();
  expect(looked.slice(4)).toEqual([first]);

  change(second);
  second.remove();
  jest.runAllTimers();
  expect(looked).toHaveLength(5);
});
