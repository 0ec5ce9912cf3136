/** @jest-environment node */
import 'fake-indexeddb/auto';

import type { Actor } from '@llmos-lab/skills';

import { DatabaseFileStore } from '../../src/volumes/databaseStore';
import { accessTo, bytesOf, sessionOf } from './bytes';

const AUTHOR = { name: 'Ana', email: 'ana@example.org', time: 1763719200 };
const person = (id: string, ...teams: string[]): Actor => ({ kind: 'user', id, teams });

describe('commits ask the access rule', () => {
  let count = 0;
  const open = (actor: Actor): DatabaseFileStore =>
    new DatabaseFileStore(`access-${count++}`, {
      folders: ['skills', 'sessions'],
      access: accessTo('team-optics', actor)
    });

  it('refuses a skill to a member and writes nothing, but takes it from the job', async () => {
    const files = open(person('ana', 'optics'));
    await files.write('skills/a.md', bytesOf('a'));
    const commit = { message: 'A', author: AUTHOR };
    await expect(files.repository.commit(commit)).rejects.toMatchObject({
      code: 'forbidden'
    });
    expect(await files.repository.store.head()).toBeNull();
    const actor = { kind: 'team-job', team: 'optics' } as const;
    expect(await files.repository.commit({ ...commit, actor })).toMatch(
      /^[0-9a-f]{40}$/
    );
    files.dispose();
  });

  it('says beforehand what a member may take back', async () => {
    const files = open(person('ana', 'optics'));
    await files.makeDirectory('sessions/s-1');
    await files.write('sessions/s-1/session.json', bytesOf(sessionOf('ana', 's-1')));
    await files.repository.commit({ message: 'Mine', author: AUTHOR });
    const allows = (...paths: readonly string[]) =>
      files.repository.allows(paths.map(path => ({ path, content: null })));
    const own = 'sessions/s-1/session.json';
    expect(await allows(own)).toEqual({ allowed: true });
    expect(await allows(own, 'skills/a.md')).toEqual({
      allowed: false,
      reason: expect.stringContaining('by promotion') as unknown
    });
    files.dispose();
  });

  it("takes a member's own session and not that of another", async () => {
    const files = open(person('ana', 'optics'));
    await files.makeDirectory('sessions/s-1');
    await files.write('sessions/s-1/session.json', bytesOf(sessionOf('ana', 's-1')));
    await files.write('sessions/s-1/chat.jsonl', bytesOf('{}'));
    await files.repository.commit({ message: 'Mine', author: AUTHOR });
    await files.makeDirectory('sessions/s-2');
    await files.write('sessions/s-2/session.json', bytesOf(sessionOf('bo', 's-2')));
    await expect(
      files.repository.commit({ message: 'Forged', author: AUTHOR })
    ).rejects.toThrow(/another member/);
    files.dispose();
  });
});
