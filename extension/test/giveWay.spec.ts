import { giveWayEvery } from '../src/giveWay';

it('lets others in once a while has gone by, and goes on at once before', async () => {
  let now = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
  const others = jest.spyOn(globalThis, 'setTimeout');
  const giveWay = giveWayEvery(5);
  now = 4;
  await giveWay();
  expect(others).not.toHaveBeenCalled();
  now = 5;
  await giveWay();
  expect(others).toHaveBeenCalledTimes(1);
  now = 9;
  await giveWay();
  expect(others).toHaveBeenCalledTimes(1);
});
