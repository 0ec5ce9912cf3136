import '../../browser';

import { nullTranslator } from '@jupyterlab/translation';

import { summary } from '../../../src/graph/sweep/dialog/Forecast';
import type { IForecast } from '../../../src/graph/sweep/foretell';

const trans = nullTranslator.load('llmos');

const FORECAST: IForecast = {
  ...{ points: 12, calls: 12, above: 2, cached: null },
  ...{ expectedMs: 5900, startMs: 5000 }
};

it('says in one line how much a sweep computes, and what has to start for it', () => {
  expect(summary(FORECAST, trans)).toBe(
    '12 points · 12 calls · about 5.9 s · 5.0 s of it to start workers' +
      ' · 2 cells above run first'
  );
});

it('says what comes on top where nobody knows how long it takes', () => {
  const open = { ...FORECAST, above: 0, startMs: null, isLoadOpen: true as const };
  expect(summary(open, trans)).toBe(
    '12 points · 12 calls · about 5.9 s' +
      ' · plus the start of workers · plus the loading of packages'
  );
});

it('says where a swept number may change the time', () => {
  const open = { ...FORECAST, above: 0, startMs: 0, isTimeOpen: true as const };
  expect(summary(open, trans)).toBe(
    '12 points · 12 calls · about 5.9 s if the time does not depend on the numbers'
  );
});
