/** @jest-environment node */
import { nullTranslator } from '@jupyterlab/translation';

import { whyNothing } from '../../src/guide/prompts/whyNothing';

describe('whyNothing', () => {
  const trans = nullTranslator.load('');

  it('says that the run itself has rejected what it found, and why', () => {
    const rejected = [{ id: 'vqe-plot', reason: 'Run 7 failed again: No number.' }];
    expect(whyNothing({ rejected }, trans).text).toBe(
      'The skill "vqe-plot" was learned and rejected. Run 7 failed again: No number.'
    );
  });

  it('says so of each that it has rejected', () => {
    const rejected = ['a', 'b'].map(id => ({ id, reason: `No ${id}.` }));
    expect(whyNothing({ rejected }, trans).text).toBe(
      'The skill "a" was learned and rejected. No a. ' +
        'The skill "b" was learned and rejected. No b.'
    );
  });

  it('says otherwise that it was found before', () => {
    expect(whyNothing({ rejected: [] }, trans).text).toContain('turned down before');
  });
});
