// @ts-check
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { exclusively } from '../scripts/exclusive.mjs';

const folder = mkdtempSync(join(tmpdir(), 'lock-'));
after(() => rmSync(folder, { recursive: true }));

test('holds the lock during the work and gives it back after a fault', async () => {
  const path = join(folder, 'a.lock');
  await assert.rejects(
    exclusively(path, async () => {
      assert.equal(existsSync(path), true);
      throw new Error('broken');
    }),
    /broken/
  );
  assert.equal(existsSync(path), false);
  assert.equal(await exclusively(path, async () => 'again'), 'again');
});

test('takes over the lock of a process that has ended', async () => {
  const path = join(folder, 'b.lock');
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(path, String(pid));
  assert.equal(await exclusively(path, async () => 'mine'), 'mine');
});
