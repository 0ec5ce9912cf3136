/** @jest-environment node */
import { Signal } from '@lumino/signaling';

import { followStorage, MEASURE_MS } from '../../src/storage/followStorage';
import { sizeText } from '../../src/size';

const volumeOf = () => {
  const repository = {} as { committed: Signal<object, string> };
  repository.committed = new Signal<object, string>(repository);
  return { repository };
};

describe('the storage', () => {
  it('is asked to be kept once a page, and measured while files grow', () => {
    jest.useFakeTimers();
    const user = volumeOf();
    const team = volumeOf();
    const volumes = { volumes: [user] };
    const changed = new Signal<object, void>(volumes);
    const fileChanged = new Signal<object, unknown>(volumes);
    const model = {
      keep: jest.fn(() => Promise.resolve()),
      refresh: jest.fn(() => Promise.resolve())
    };
    followStorage({
      volumes: Object.assign(volumes, { changed }) as never,
      contents: { fileChanged } as never,
      ...{ model, onError: jest.fn() }
    });
    volumes.volumes.push(team);
    changed.emit();
    team.repository.committed.emit('a');
    user.repository.committed.emit('b');
    fileChanged.emit(null);
    expect(model.keep).toHaveBeenCalledTimes(1);
    expect(model.refresh).not.toHaveBeenCalled();
    jest.advanceTimersByTime(MEASURE_MS);
    expect(model.refresh).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(MEASURE_MS);
    expect(model.refresh).toHaveBeenCalledTimes(1);
    jest.useRealTimers();
  });

  it('is told in one unit everywhere', () => {
    expect([0, 999, 1000, 123_456, 5e9].map(sizeText)).toEqual([
      ...['0 B', '999 B', '1.0 kB', '123 kB', '5.0 GB']
    ]);
  });
});
