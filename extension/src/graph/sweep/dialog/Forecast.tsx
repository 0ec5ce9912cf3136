import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { startText } from '../../run/planText';
import { formatDuration } from '../../status/statuses';
import type { IForecast } from '../foretell';
import type { SweepForm } from './sweepForm';

interface IForecastProps {
  readonly form: SweepForm;
  readonly trans: TranslationBundle;
}

/** How many calls, how many of them the cache has, how long, and what is run for each. */
export function Forecast({ form, trans }: IForecastProps): React.JSX.Element {
  const { plan, latest, forecast } = form;
  if (!latest) {
    return <div className="llmos-SweepForecast" />;
  }
  const titles = (cells: readonly string[]): string =>
    cells.map(cell => form.titleOf(cell)).join(', ');
  const said = forecast ? summary(forecast, trans) : trans.__('Counting…');
  return (
    <div className="llmos-SweepForecast">
      <p role="status">{plan && said}</p>
      <p>
        {trans.__('Runs for each point: %1.', titles(latest.calls.map(c => c.cell.id)))}
      </p>
      {latest.leftOut.length > 0 && (
        <p>
          {trans.__(
            'Not run for each point (charts, plain code): %1.',
            titles(latest.leftOut)
          )}
        </p>
      )}
    </div>
  );
}

/** One line: `24 points · 48 calls, 46 in the cache · about 3 s`. */
export function summary(forecast: IForecast, trans: TranslationBundle): string {
  const { points, calls, above, cached, expectedMs } = forecast;
  const count = trans._n('%1 point', '%1 points', points);
  const work =
    cached === null
      ? trans._n('%1 call', '%1 calls', calls)
      : trans._n(
          '%1 call, %2 already in the cache',
          '%1 calls, %2 already in the cache',
          calls,
          cached
        );
  const time =
    expectedMs === null
      ? trans.__('no earlier run tells how long')
      : timeText(forecast, expectedMs, trans);
  const first =
    above > 0
      ? [trans._n('%1 cell above runs first', '%1 cells above run first', above)]
      : [];
  return [count, work, time, ...startText(forecast, trans), ...first].join(' · ');
}

function timeText(
  { isTimeOpen, isMost }: IForecast,
  expectedMs: number,
  trans: TranslationBundle
): string {
  const time = formatDuration(expectedMs);
  if (isTimeOpen) {
    return isMost
      ? trans.__('at most %1 if the time does not depend on the numbers', time)
      : trans.__('about %1 if the time does not depend on the numbers', time);
  }
  if (expectedMs < 100) {
    return trans.__('at once');
  }
  return isMost ? trans.__('at most %1', time) : trans.__('about %1', time);
}
