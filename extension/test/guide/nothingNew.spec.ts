/** @jest-environment node */
import { nullTranslator } from '@jupyterlab/translation';

import { nothingNew } from '../../src/guide/prompts/nothingNew';

describe('nothingNew', () => {
  const trans = nullTranslator.load('');

  it('says that the run itself has rejected what it found, and why', () => {
    const rejected = [{ id: 'vqe-plot', reason: 'Run 7 failed again: No number.' }];
    expect(nothingNew({ rejected }, trans).text).toBe(
      'The skill "vqe-plot" was learned and rejected. Run 7 failed again: No number.'
    );
  });

  it('says otherwise that it was found before', () => {
    expect(nothingNew({ rejected: [] }, trans).text).toContain('turned down before');
  });
});
