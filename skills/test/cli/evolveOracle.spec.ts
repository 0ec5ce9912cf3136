import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeReplayVolume } from './replayVolume';
import { llmos } from './run';

let volume: string;

beforeEach(() => {
  volume = makeReplayVolume(1);
});
afterEach(() => rmSync(volume, { recursive: true }));

describe('llmos evolve, where a replay disagrees', () => {
  it('rejects a skill whose replay disagrees, and does not try it again', () => {
    const first = llmos(['evolve', '--volume', volume, '--json']);
    expect(JSON.parse(first.stdout)).toMatchObject({
      accepted: [],
      rejected: [{ id: 'it-one-it-2' }]
    });
    expect(first.stdout).toContain('Run t-0 disagrees at divide-it.v_out');
    const record = readFileSync(join(volume, 'evolution/rejected.jsonl'), 'utf8');
    expect(JSON.parse(record)).toMatchObject({ v: 1, by: 'replay', newest: 't-2' });
    const second = llmos(['evolve', '--volume', volume, '--json']);
    expect(JSON.parse(second.stdout)).toMatchObject({ accepted: [], rejected: [] });
  });
});
