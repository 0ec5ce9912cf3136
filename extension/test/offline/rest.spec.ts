import { Rest } from '../../src/offline/worker/rest';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('does not wait where no page asks for anything', async () => {
  await new Rest().wait();
});

it('waits until pages have not asked for a while', async () => {
  const rest = new Rest();
  rest.disturb();
  let isOver = false;
  const over = rest.wait().then(() => (isOver = true));
  await jest.advanceTimersByTimeAsync(900);
  rest.disturb();
  await jest.advanceTimersByTimeAsync(900);
  expect(isOver).toBe(false);
  await jest.advanceTimersByTimeAsync(200);
  await over;
});
