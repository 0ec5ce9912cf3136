import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { makeReplayVolume } from './replayVolume';
import { BUNDLE, llmos, ON_TERMINAL } from './run';

describe('progress', () => {
  const volume = makeReplayVolume();
  afterAll(() => rmSync(volume, { recursive: true }));
  const ARGS = ['evolve', '--volume', volume, '--no-replay'];
  const LINE = '\r\u001b[K';

  it('is drawn on a terminal, and taken away before the answer', () => {
    const said = execFileSync('python3', [
      ...['-c', ON_TERMINAL, 'node', BUNDLE, ...ARGS]
    ]).toString();
    expect(said).toContain(`${LINE}Reading sessions 1 of 1`);
    expect(said).toContain(`${LINE}Looking for workflows that recur`);
    const answer = said.slice(said.lastIndexOf(LINE) + LINE.length);
    expect(answer.replaceAll('\r\n', '\n')).toBe(llmos(ARGS).stdout);
  });

  it('is not in a pipe', () => {
    const { stdout, stderr } = llmos(ARGS);
    expect(stderr).toBe('');
    expect(stdout).toContain('1 pattern in 3 traces.');
    expect(stdout).not.toContain('\u001b');
  });
});
