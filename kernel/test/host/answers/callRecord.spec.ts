import { readRecord } from '../../../src/host/answers/callRecord';

const record = (y: object): string =>
  JSON.stringify({
    ...{ skill: 'fit', version: 'sha256:0', key: null, status: 'success', ms: 1 },
    ...{ cached: false, inputs: {}, outputs: { y } }
  });
const LARGE = { type: 'array<number>', hash: 'sha256:1', length: 300, shape: [300] };
const SUMMARY = { low: 0, high: 1, mean: 0.5, rms: 0.3, moment: 0.2, at: [0, 1] };

describe('readRecord', () => {
  it('keeps what a trace has of a large output', () => {
    for (const summary of [SUMMARY, { ...SUMMARY, rest: 'sha256:2' }]) {
      const y = { ...LARGE, summary };
      expect(readRecord('m', record(y))?.outputs).toEqual({ y });
    }
  });

  it('leaves out a summary that is none', () => {
    const y = { ...LARGE, summary: { ...SUMMARY, at: ['much'] } };
    expect(readRecord('m', record(y))?.outputs).toEqual({ y: LARGE });
  });

  it('reads nothing else', () => {
    expect(readRecord('m', record({ ...LARGE, shape: ['x'] }))).toBeUndefined();
    expect(readRecord('m', '{')).toBeUndefined();
  });
});
