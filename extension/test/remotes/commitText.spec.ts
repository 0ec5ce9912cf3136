/** @jest-environment node */
import { nullTranslator, type TranslationBundle } from '@jupyterlab/translation';
import { nameObject } from '@llmos-lab/skills';
import * as fc from 'fast-check';

import type { INetWorker } from '../../src/net/protocol';
import { GITHUB, GithubClient } from '../../src/remotes/github/client';
import {
  readCommit,
  rebuildCommit,
  toGithubCommit,
  writeCommit,
  type IGithubCommit
} from '../../src/remotes/github/commitText';
import { sha1 } from '../../src/volumes/objectDatabase';

const client = new GithubClient(
  ...([{} as INetWorker, GITHUB, 'user', nullTranslator.load('llmos')] as const)
);
const hexadecimal = fc.stringMatching(/^[0-9a-f]{40}$/);
const person = fc.record({
  name: fc.stringMatching(/^[A-Za-zÄß]([A-Za-z .]{0,20}[A-Za-z])?$/),
  email: fc.stringMatching(/^[a-z]{1,9}@[a-z]{1,9}$/),
  date: fc
    .integer({ min: 0, max: 4_000_000_000 })
    .map(time => new Date(time * 1000).toISOString().replace('.000Z', 'Z'))
});
const commit = fc.record({
  tree: hexadecimal,
  parents: fc.array(hexadecimal, { maxLength: 3 }),
  author: person,
  committer: person,
  message: fc.string({ unit: 'grapheme' }).map(text => text.trim())
});
/** A quarter of an hour, as `git` writes it. */
const zone = fc.constantFrom('+0000', '+0100', '-0330', '+0545', '-1200', '+1400');

describe('a commit in the form of the API', () => {
  it('gives its bytes back', () => {
    fc.assert(
      fc.property(commit, wanted => {
        expect(toGithubCommit(writeCommit(wanted))).toEqual(wanted);
      })
    );
  });

  it('is found by its hash, whatever its time zone and last line end', async () => {
    await fc.assert(
      fc.asyncProperty(commit, zone, fc.boolean(), async (wanted, at, ends) => {
        const text = new TextDecoder()
          .decode(writeCommit(wanted))
          .replace(/^(author .*)\+0000$/m, `$1${at}`)
          .replace(/^(committer .*)\+0000$/m, `$1${at}`);
        const body = new TextEncoder().encode(ends ? `${text}\n` : text);
        const { oid } = await nameObject({ type: 'commit', body }, sha1);
        expect(await rebuildCommit(readCommit(client, answer(wanted)), oid)).toEqual(
          body
        );
      }),
      { numRuns: 40 }
    );
  });

  it('says in the language of the person what an answer lacks', () => {
    const trans = {
      __: (text: string, what: string) =>
        text.includes('%1') ? `Es fehlt ${what}.` : ''
    } as unknown as TranslationBundle;
    const asks = new GithubClient(
      ...([{} as INetWorker, GITHUB, 'user', trans] as const)
    );
    expect(() => readCommit(asks, {})).toThrow('Es fehlt tree.sha.');
    const tree = { sha: '0'.repeat(40) };
    expect(() => readCommit(asks, { tree })).toThrow('Es fehlt parents.');
  });

  it('is not made up when the hash is of something else', async () => {
    const [wanted] = fc.sample(commit, { numRuns: 1, seed: 1 });
    const read = readCommit(client, answer(wanted ?? never()));
    expect(await rebuildCommit(read, '0'.repeat(40))).toBeNull();
  });
});

function answer({ tree, parents, ...rest }: IGithubCommit): unknown {
  return { ...rest, tree: { sha: tree }, parents: parents.map(sha => ({ sha })) };
}

function never(): never {
  throw new Error('A sample of one has one.');
}
