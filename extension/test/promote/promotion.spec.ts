/** @jest-environment node */
import 'fake-indexeddb/auto';

import type { Contents } from '@jupyterlab/services';
import { nullTranslator } from '@jupyterlab/translation';
import type { ISkillEntry } from '@llmos-lab/kernel';
import {
  canAccess,
  decodeBase64,
  encodeBase64,
  newSkillText,
  parsePromotion,
  parseSkill,
  parseSkillFile,
  toAgentSkill,
  type Actor,
  type ISecretFinding
} from '@llmos-lab/skills';
import { unzipSync } from 'fflate';

import { writeSkillFiles } from '../../src/author/skillFiles';
import { planPromotion, targetsOf, versionOf } from '../../src/promote/plan';
import { promote, type IPromoteParts } from '../../src/promote/promote';
import { planStepBack, stepBack } from '../../src/promote/stepBack';
import type { IProfile, IVolume, IVolumes } from '../../src/tokens';
import { VolumeAccess } from '../../src/volumes/access';
import { DatabaseFileStore } from '../../src/volumes/databaseStore';
import { bytesOf, textOf } from '../volumes/bytes';

const trans = nullTranslator.load('');
const AUTHOR = { name: 'Ana', email: 'ana@example.org', time: 1763719200 };
const ANA: Actor = { kind: 'user', id: 'ana', teams: ['optics'] };
const TEXT = '---\nname: A\ndescription: One\n---\n\nUse it.\n';
let count = 0;

/** The files of volumes as the contents manager shows them. */
function contentsOf(stores: ReadonlyMap<string, DatabaseFileStore>): Contents.IManager {
  const at = (path: string): readonly [DatabaseFileStore, string] => {
    const [name = '', local = ''] = path.split(':');
    const store = stores.get(name);
    if (!store) {
      throw new Error(`There is no drive ${name}.`);
    }
    return [store, local];
  };
  return {
    get: async (path: string, { format }: Contents.IFetchOptions = {}) => {
      const [store, local] = at(path);
      const found = await store.stat(local);
      if (!found) {
        throw Object.assign(new Error(path), { response: { status: 404 } });
      }
      if (found.kind === 'directory') {
        const inside = await store.list(local);
        const content = inside.map(each => ({
          ...each,
          name: each.path.split('/').at(-1)
        }));
        return { type: 'directory', content };
      }
      const bytes = await store.read(local);
      const content = format === 'base64' ? encodeBase64(bytes) : textOf(bytes);
      return { type: 'file', format: format ?? 'text', content };
    },
    save: async (path: string, { type, format, content }: Partial<Contents.IModel>) => {
      const [store, local] = at(path);
      const text = String(content);
      await (type === 'directory'
        ? store.makeDirectory(local)
        : store.write(
            local,
            format === 'base64' ? Uint8Array.from(decodeBase64(text)) : bytesOf(text)
          ));
    },
    delete: (path: string) => {
      const [store, local] = at(path);
      return store.remove(local);
    }
  } as unknown as Contents.IManager;
}

describe('promotion', () => {
  let contents: Contents.IManager;
  let drives: Map<string, DatabaseFileStore>;
  let volumes: readonly IVolume[];
  let stores: readonly DatabaseFileStore[];
  let parts: IPromoteParts;

  const mount = (name: string, owner: IVolume['owner'], actor: Actor): IVolume => {
    const access = new VolumeAccess(
      () => owner,
      () => actor
    );
    const store = new DatabaseFileStore(`promote-${name}-${count++}`, {
      folders: ['skills'],
      access
    });
    stores = [...stores, store];
    drives.set(name, store);
    const { repository } = store;
    const isShipped = owner.kind === 'system';
    return {
      ...{ name, owner, drive: {} as Contents.IDrive },
      ...(!isShipped && { repository }),
      can: action => canAccess(actor, owner, action)
    };
  };
  /** The skill as the library has it. */
  const entry = (text = TEXT, shadows: readonly string[] = []): ISkillEntry => {
    const path = 'user:skills/a.md';
    const { skill } = parseSkill(text, 'skills/a.md');
    if (!skill) {
      throw new Error('The fixture is no skill.');
    }
    return { skill, path, text, shadows, volume: 'user', version: 'sha256:aa' };
  };
  const save = async (
    text: string,
    beside = new Uint8Array([0, 255])
  ): Promise<void> => {
    await writeSkillFiles(contents, {
      ...{ path: 'user:skills/a.md', text },
      beside: [{ path: 'data.bin', bytes: beside }]
    });
    await volumes[0]?.repository?.commit({ message: 'skill: a', author: AUTHOR });
  };

  beforeEach(() => {
    stores = [];
    drives = new Map();
    contents = contentsOf(drives);
    volumes = [
      mount('user', { kind: 'user', id: 'ana' }, ANA),
      mount('team-optics', { kind: 'team', id: 'optics' }, ANA),
      mount('system', { kind: 'system' }, ANA)
    ];
    parts = {
      volumes: {
        volumes,
        get: (name: string) => volumes.find(each => each.name === name)
      },
      contents,
      profile: { id: 'ana', author: () => AUTHOR },
      github: null,
      systemRepository: () => 'llmunix/system-volumes',
      trans
    } as unknown as IPromoteParts & { volumes: IVolumes; profile: IProfile };
  });
  afterEach(() => {
    stores.forEach(store => store.dispose());
  });

  const toTeam = async (text: string, shadows: readonly string[] = []) => {
    const [target] = targetsOf(entry(text, shadows), volumes);
    if (!target) {
      throw new Error('There is no target.');
    }
    const plan = await planPromotion(contents, entry(text, shadows), target);
    const done = await promote(parts, entry(text, shadows), plan, {
      ...{ reason: 'It helps all of us.', way: 'direct' }
    });
    return { plan, done };
  };
  const team = (): DatabaseFileStore => {
    const [, store] = stores;
    if (!store) {
      throw new Error('There is no team.');
    }
    return store;
  };

  const back = async (
    volume: IVolume,
    way: 'previous' | 'remove',
    reason: string
  ): Promise<string | null> => {
    const plan = await planStepBack(volume, 'skills/a.md', way, trans);
    if (!plan) {
      throw new Error('There is no version before.');
    }
    const there = { ...entry(), path: 'team-optics:skills/a.md' };
    return stepBack(parts, volume, there, { plan, reason });
  };

  it('goes to a team directly and to the system library as a proposal', () => {
    expect(
      targetsOf(entry(), volumes).map(({ volume, way }) => [volume.name, way])
    ).toEqual([
      ['team-optics', 'direct'],
      ['system', 'propose']
    ]);
  });

  it('brings the skill with the files beside it, and says where it came from', async () => {
    await save(TEXT);
    const { done } = await toTeam(TEXT);
    expect(done).toMatchObject({ kind: 'committed' });
    expect(textOf(await team().read('skills/a.md'))).toBe(TEXT);
    expect([...(await team().read('skills/a/data.bin'))]).toEqual([0, 255]);
    const [commit] = await team().repository.store.log();
    expect(parsePromotion(commit?.message ?? '')).toEqual({
      ...{ action: 'promote', skill: 'a', replaces: '' },
      version: await versionOf(bytesOf(TEXT)),
      ...{ from: 'user', to: 'team-optics', by: 'ana', reason: 'It helps all of us.' },
      fromCommit: await volumes[0]?.repository?.store.head()
    });
    expect(await team().repository.status()).toEqual([]);
  });

  it('shows what it would change, and takes away files that are gone', async () => {
    await save(TEXT);
    await toTeam(TEXT);
    const next = TEXT.replace('One', 'Two');
    await contents.delete('user:skills/a/data.bin');
    await contents.save('user:skills/a.md', {
      type: 'file',
      format: 'text',
      content: next
    });
    const { plan } = await toTeam(next, ['team-optics:skills/a.md']);
    expect(plan.files.map(({ path, after }) => [path, after !== null])).toEqual([
      ['skills/a.md', true],
      ['skills/a/data.bin', false]
    ]);
    expect(plan.replaces).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(await team().stat('skills/a/data.bin')).toBeUndefined();
  });

  it('leaves members no other way to change skills of a team', async () => {
    const { repository } = team();
    const change = { path: 'skills/x.md', content: bytesOf('x') };
    const commit = { message: 'x', author: AUTHOR };
    await expect(
      repository.apply({ ...commit, changes: [change] })
    ).rejects.toMatchObject({ code: 'forbidden' });
    await expect(
      repository.apply({
        ...{ ...commit, promotes: true },
        changes: [{ ...change, path: 'sessions/s/notes.md' }]
      })
    ).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('is taken back: the version before, or none and a copy for the person', async () => {
    await save(TEXT);
    await toTeam(TEXT);
    const next = TEXT.replace('One', 'Two');
    await save(next);
    await toTeam(next);
    const [, volume] = volumes;
    if (!volume) {
      throw new Error('There is no team.');
    }
    await back(volume, 'previous', 'Too slow.');
    expect(textOf(await team().read('skills/a.md'))).toBe(TEXT);
    await contents.delete('user:skills/a.md');
    await back(volume, 'remove', 'Nobody uses it.');
    expect(await team().stat('skills/a.md')).toBeUndefined();
    expect(await team().stat('skills/a/data.bin')).toBeUndefined();
    const kept = await contents.get('user:skills/a.md');
    expect(kept.content).toBe(TEXT);
    const actions = (await team().repository.store.log()).map(
      ({ message }) => parsePromotion(message)?.action
    );
    expect(actions).toEqual(['demote', 'restore', 'promote', 'promote']);
  });

  it('is taken back to before a change of a file beside it only', async () => {
    const [, volume] = volumes;
    if (!volume) {
      throw new Error('There is no team.');
    }
    await save(TEXT);
    await toTeam(TEXT);
    expect(await planStepBack(volume, 'skills/a.md', 'previous', trans)).toBeNull();
    await save(TEXT, Uint8Array.of(1, 2));
    await toTeam(TEXT);
    const oid = await back(volume, 'previous', 'Worse.');
    expect([...(await team().read('skills/a/data.bin'))]).toEqual([0, 255]);
    expect(textOf(await team().read('skills/a.md'))).toBe(TEXT);
    const [commit] = await team().repository.store.log({ limit: 1 });
    const version = await versionOf(bytesOf(TEXT));
    expect(commit?.oid).toBe(oid);
    expect(parsePromotion(commit?.message ?? '')).toMatchObject({
      ...{ action: 'restore', version, replaces: version }
    });
  });

  it('leaves what others promoted while the person was looking', async () => {
    await save(TEXT);
    await toTeam(TEXT);
    const next = TEXT.replace('One', 'Two');
    await save(next);
    const [target] = targetsOf(entry(next), volumes);
    const [, volume] = volumes;
    if (!target || !volume) {
      throw new Error('There is no target.');
    }
    const plan = await planPromotion(contents, entry(next), target);
    const removal = await planStepBack(volume, 'skills/a.md', 'remove', trans);
    const theirs = TEXT.replace('One', 'Three');
    await team().repository.apply({
      ...{ message: 'Theirs', author: AUTHOR, promotes: true },
      changes: [{ path: 'skills/a.md', content: bytesOf(theirs) }]
    });
    const conflict = { code: 'conflict', paths: ['skills/a.md'] };
    await expect(
      promote(parts, entry(next), plan, { reason: 'Why', way: 'direct' })
    ).rejects.toMatchObject(conflict);
    const there = { ...entry(), path: 'team-optics:skills/a.md' };
    await expect(
      removal && stepBack(parts, volume, there, { plan: removal, reason: 'Why' })
    ).rejects.toMatchObject(conflict);
    expect(textOf(await team().read('skills/a.md'))).toBe(theirs);
  });

  it.each(['direct', 'pull-request', 'export'] as const)(
    'holds back a secret in a file beside the skill, %s',
    async way => {
      const secret = bytesOf(`token = "ghp_${'aB3'.repeat(12)}"\n`);
      await save(TEXT, secret);
      const target = targetsOf(entry(), volumes).at(way === 'direct' ? 0 : -1);
      if (!target) {
        throw new Error('There is no target.');
      }
      const plan = await planPromotion(contents, entry(), target);
      const propose = jest.fn(() => Promise.resolve('https://example.org/1'));
      const github = { propose, account: () => undefined };
      const withGithub = { ...parts, github } as unknown as IPromoteParts;
      const go = (accepted?: readonly ISecretFinding[]): ReturnType<typeof promote> =>
        promote(withGithub, entry(), plan, {
          ...{ reason: 'Why', way },
          ...(accepted && { accepted })
        });
      const error: unknown = await go().catch((reason: unknown) => reason);
      expect(error).toMatchObject({
        secrets: [{ kind: 'github-token', path: 'skills/a/data.bin' }]
      });
      expect(propose).not.toHaveBeenCalled();
      expect(await team().repository.store.head()).toBeNull();
      const { secrets } = error as { secrets: readonly ISecretFinding[] };
      await expect(go(secrets)).resolves.toBeDefined();
    }
  );

  it('holds back a secret in the reason, of a promotion and of a step back', async () => {
    await save(TEXT);
    const secret = `ghp_${'aB3'.repeat(12)}`;
    const found = { secrets: [{ kind: 'github-token', path: 'the message' }] };
    const [target] = targetsOf(entry(), volumes);
    const plan = target && (await planPromotion(contents, entry(), target));
    await expect(
      plan && promote(parts, entry(), plan, { reason: secret, way: 'direct' })
    ).rejects.toMatchObject(found);
    expect(await team().repository.store.head()).toBeNull();
    await toTeam(TEXT);
    const volume = volumes.find(({ name }) => name === 'team-optics');
    const log = await team().repository.store.log();
    await expect(
      volume && back(volume, 'remove', `No: ${secret}`)
    ).rejects.toMatchObject(found);
    expect(await team().repository.store.log()).toEqual(log);
  });

  it('waits until a person has reviewed what was applied automatically', async () => {
    await save(TEXT.replace('name: A', 'name: A\nlearned_draft: true'));
    const [target] = targetsOf(entry(), volumes);
    if (!target) {
      throw new Error('There is no target.');
    }
    const plan = await planPromotion(contents, entry(), target);
    const go = promote(parts, entry(), plan, {
      reason: 'Why',
      way: target.way === 'direct' ? 'direct' : 'export'
    });
    await expect(go).rejects.toThrow('Nobody has reviewed "a"');
  });

  it('waits for that also where the skill was exported, and its file copied', async () => {
    const draft = TEXT.replace('name: A', 'name: A\nlearned_draft: true');
    const path = 'user:skills/a/SKILL.md';
    const { text } = toAgentSkill(draft, 'a.md');
    await writeSkillFiles(contents, { path, text, beside: [] });
    const copied = { ...entry(draft), path };
    const [target] = targetsOf(copied, volumes);
    const plan = target && (await planPromotion(contents, copied, target));
    await expect(
      plan && promote(parts, copied, plan, { reason: 'Why', way: 'direct' })
    ).rejects.toThrow('Nobody has reviewed "a"');
  });

  it.each([
    ['skills/a/SKILL.md', 'skills/a.md'],
    ['skills/a.md', 'skills/a/SKILL.md'],
    ['skills/a/SKILL.md', 'skills/a/SKILL.md']
  ])('is what it is there, exported or not: %s to %s', async (from, to) => {
    const text = newSkillText('a', 'A', 'javascript');
    const exported = toAgentSkill(text, 'a.md').text;
    const textAt = (path: string): string => (path.endsWith('L.md') ? exported : text);
    const path = `user:${from}`;
    await writeSkillFiles(contents, { path, text: textAt(from), beside: [] });
    await team().repository.apply({
      ...{ message: 'Theirs', author: AUTHOR, promotes: true },
      changes: [{ path: to, content: bytesOf(textAt(to).replace('A', 'B')) }]
    });
    const mine = { ...entry(text, [`team-optics:${to}`]), path };
    const [target] = targetsOf(mine, volumes);
    const plan = target && (await planPromotion(contents, mine, target));
    if (!plan) {
      throw new Error('There is no target.');
    }
    await promote(parts, mine, plan, { reason: 'Why', way: 'direct' });
    const bytes = await team().read(to);
    const there = parseSkillFile({ path: to, text: textOf(bytes) });
    expect([there.text, there.skill?.kind]).toEqual([text, 'executable']);
    const [commit] = await team().repository.store.log({ limit: 1 });
    expect(parsePromotion(commit?.message ?? '')?.version).toBe(await versionOf(bytes));
    expect(await team().repository.status()).toEqual([]);
  });

  it('waits for that also where only a file beside it differs', async () => {
    const draft = TEXT.replace('name: A', 'name: A\nlearned_draft: true');
    await save(draft);
    await team().repository.apply({
      ...{ message: 'Theirs', author: AUTHOR, promotes: true },
      changes: [{ path: 'skills/a.md', content: bytesOf(draft) }]
    });
    const [target] = targetsOf(entry(), volumes);
    if (!target) {
      throw new Error('There is no target.');
    }
    const plan = await planPromotion(contents, entry(), target);
    expect(plan.files.map(({ path }) => path)).toEqual(['skills/a/data.bin']);
    await expect(
      promote(parts, entry(), plan, { reason: 'Why', way: 'direct' })
    ).rejects.toThrow('Nobody has reviewed "a"');
  });

  it('is exported as a proposal where no server takes it', async () => {
    await save(TEXT);
    const target = targetsOf(entry(), volumes).at(-1);
    if (!target) {
      throw new Error('There is no target.');
    }
    const plan = await planPromotion(contents, entry(), target);
    const done = await promote(parts, entry(), plan, { reason: 'Why', way: 'export' });
    const files = done.kind === 'exported' ? unzipSync(done.zip) : {};
    expect(Object.keys(files).sort()).toEqual([
      'promote-a/README.md',
      'promote-a/commit-message.txt',
      'promote-a/volume/skills/a.md',
      'promote-a/volume/skills/a/data.bin'
    ]);
  });
});
