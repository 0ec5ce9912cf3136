import '../browser';

import { nullTranslator } from '@jupyterlab/translation';

import type { IPreview } from '../../src/graph/graphModel/preview';
import { latestOf } from '../../src/graph/panel/latest';
import type { ICellState } from '../../src/graph/run/tokens';

const trans = nullTranslator.load('llmos');
const PICTURE: IPreview = { kind: 'image', src: 'p', text: 'Chart', isLineArt: true };
const VALUE: IPreview = { kind: 'text', text: '42' };
const ERROR: IPreview = { kind: 'error', text: 'ValueError: no' };
const STOPPED: IPreview = { kind: 'stopped', text: '' };

function latest(
  status: ICellState['status'],
  preview: IPreview | null,
  older: IPreview | null = null
): ReturnType<typeof latestOf> {
  const graph = { preview: () => preview, older: () => older };
  return latestOf(graph, 'a', { status }, trans);
}

describe('latestOf', () => {
  it.each([PICTURE, VALUE])('marks what a cell gave before as older: %j', result => {
    for (const status of ['stale', 'blocked', 'cancelled', 'waiting'] as const) {
      expect(latest(status, result)).toMatchObject({ result, isOlder: true });
    }
    for (const status of ['done', 'cached', 'idle'] as const) {
      expect(latest(status, result)).toMatchObject({ result, isOlder: false });
    }
  });

  it.each([PICTURE, VALUE])('keeps it until another replaces it: %j', older => {
    const kept = { result: older, isOlder: true };
    expect(latest('running', null, older)).toMatchObject(kept);
    expect(latest('failed', ERROR, older)).toEqual({
      ...{ ...kept, text: 'ValueError: no', whole: 'ValueError: no', isError: true }
    });
    expect(latest('cancelled', STOPPED, older)).toEqual({
      ...{ ...kept, text: 'Stopped', whole: 'Stopped', isError: false }
    });
    const fresh: IPreview = { kind: 'text', text: 'step 1' };
    expect(latest('running', fresh)).toMatchObject({ result: fresh, isOlder: false });
  });

  it('begins the error of a skill with its reason, and keeps the whole', () => {
    const whole =
      'SkillError: Skill "a" failed: Skill "b" failed: ValueError: no (b.md)';
    expect(latest('failed', { kind: 'error', text: whole })).toMatchObject({
      ...{ text: 'ValueError: no (b.md)', whole }
    });
  });

  it('shows none where the last run gave none', () => {
    expect(latest('done', null, VALUE)).toMatchObject({ result: null, text: '' });
  });
});
