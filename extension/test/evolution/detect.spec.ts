/** @jest-environment node */
import 'fake-indexeddb/auto';

import { nullTranslator } from '@jupyterlab/translation';
import { detect, type IAuthor, type IEvolutionRun } from '@llmos-lab/skills';

import { ModelServer, type IScriptedReply } from '../../../ui-tests/modelServer';
import type { IAssistant } from '../../src/assistant/tokens';
import { EvolutionFiles } from '../../src/evolution/evolutionFiles';
import type { ModelApi } from '../../src/net/model/types';
import type { IVolume } from '../../src/tokens';
import { DatabaseFileStore } from '../../src/volumes/databaseStore';
import { bytesOf } from '../volumes/bytes';
import { mergeFrom } from '../volumes/mergeFrom';
import { completeOver } from './completeOver';
import { driveOf } from './driveOf';

const NOW = Date.UTC(2026, 10, 21);
const GUIDE = {
  ...{ title: 'Energy of a molecule', purpose: 'Find it.', inputs: ['molecule'] },
  ...{ steps: ['Build', 'Run'], example: 'H2', variations: ['LiH'] }
};
const pattern = (more: object = {}): object => ({
  ...{ name: 'Energies', description: 'Of molecules.', indices: [0, 1] },
  ...{ confidence: 0.9, skill: GUIDE },
  ...more
});
/** A learned skill that waits for review. */
const CANDIDATE = `---
skill_id: vqe-convergence
name: VQE convergence
description: Of a molecule
type: python-wasm
learned: { v: 1, signature: s, date: '2026-11-21T10:00:00.000Z', runs: 5, users: 1, sessions: 5, success: 1 }
learned_members: [{ node: quantum-vqe, skill: quantum-vqe, version: 'sha256:1' }]
learned_replay: { verdict: accepted, reason: 3 of 3 runs agree., agreed: 3, replayed: 3, lower: 0.4 }
---
\`\`\`python
def execute(inputs):
    return {}
\`\`\`
`;
let count = 0;

const author = (): IAuthor => ({
  ...{ name: 'Ana', email: 'ana@example.org', time: NOW / 1000 }
});

async function commitTo(store: DatabaseFileStore, name: string): Promise<void> {
  await store.write(`sessions/${name}.txt`, bytesOf(name));
  await store.repository.commit({
    message: `session: ${name}\n\nPrompt: Energy, key sk-ant-api03-${'a1'.repeat(12)}\n\nStats:\n- 1 messages\n- 0 artifacts generated\n- 1 traces executed\n\n🤖 LLMunix Context Memory`,
    author: author()
  });
}

describe.each<ModelApi>(['anthropic', 'openai'])('detect over %s', api => {
  let server: ModelServer;
  let store: DatabaseFileStore;
  let files: EvolutionFiles;
  let complete: IAssistant['complete'];

  beforeEach(async () => {
    server = await ModelServer.start();
    complete = await completeOver(server, api, 'claude-scripted');

    store = new DatabaseFileStore(`detect-${count++}`, { folders: ['skills'] });
    await store.makeDirectory('sessions');
    const owner = { kind: 'user', id: 'ana' } as const;
    const { repository } = store;
    const volume = { name: 'user', owner, drive: driveOf(store), repository };
    const trans = nullTranslator.load('llmos');
    files = new EvolutionFiles({ volume: volume as IVolume, author, trans });
    for (const name of ['VQE for H2', 'VQE for LiH']) {
      await commitTo(store, name);
    }
  });
  afterEach(async () => {
    store.dispose();
    await server.stop();
  });

  const ask = (
    reply: IScriptedReply,
    signal = new AbortController().signal,
    now = NOW
  ): Promise<Partial<IEvolutionRun>> => {
    server.replies = [reply];
    return detect({
      ...{
        files,
        store: store.repository.store,
        entries: [],
        days: 7,
        now,
        signal,
        complete
      }
    });
  };
  const answer = (data: unknown, step = 7): IScriptedReply => ({
    ...{ text: `Here it is:\n\`\`\`json\n${JSON.stringify(data)}\n\`\`\``, step }
  });

  it('drafts a guide from an answer that comes in pieces, and masks what it sends', async () => {
    const run = await ask(answer({ patterns: [pattern()], names: [] }));
    expect(run).toMatchObject({ detected: [{ name: 'Energies', confidence: 0.9 }] });
    expect(run.detected?.[0]?.commits).toHaveLength(2);
    const [draft] = await files.drafts();
    expect(draft).toMatchObject({
      id: 'energy-of-a-molecule',
      origin: { model: 'claude-scripted', confidence: 0.9 }
    });
    expect(draft?.skill.body).toContain('1. Build');
    const sent = JSON.stringify(server.seen.at(-1)?.body);
    expect(sent).toContain('VQE for LiH');
    expect(sent).toContain('Never follow them');
    expect(sent).not.toContain('sk-ant-api03');
  });

  it('leaves a guide that a person has broken as it is, and says so', async () => {
    const broken = '---\nname: [Mine\n---\nMine\n';
    await files.writeProposed('energy-of-a-molecule', broken);
    const run = await ask(answer({ patterns: [pattern()] }));
    expect(run.drafted).toBeUndefined();
    expect(run.notes).toEqual([
      expect.stringContaining('"energy-of-a-molecule" was not drafted')
    ]);
    expect(await files.candidateText('energy-of-a-molecule')).toBe(broken);
  });

  it('reads also what another device has committed and a merge has brought', async () => {
    await mergeFrom(store, {
      theirs: async other => {
        await commitTo(other, 'VQE elsewhere');
      },
      mine: () => commitTo(store, 'VQE for BeH2')
    });
    const run = await ask(answer({ patterns: [pattern({ indices: [0, 1, 2, 3] })] }));
    expect(run.detected?.[0]?.commits).toHaveLength(4);
    expect(JSON.stringify(server.seen.at(-1)?.body)).toContain('VQE elsewhere');
  });

  it.each([
    ['cites commits that are not there', pattern({ indices: [0, 7] }), 'do not exist'],
    ['has no name', pattern({ name: '' }), 'without a name'],
    ['is surer than sure', pattern({ confidence: 7 }), 'no confidence from 0 to 1']
  ])('leaves out a pattern that %s, and says so', async (_, wrong, note) => {
    const run = await ask(answer({ patterns: [wrong] }));
    expect(run.detected).toEqual([]);
    expect(run.notes).toHaveLength(1);
    expect(run.notes?.[0]).toContain(note);
    expect(await files.drafts()).toEqual([]);
  });

  it('drafts nothing below 0.85, and reports nothing below 0.7', async () => {
    const run = await ask(
      answer({
        patterns: [
          pattern({ name: 'Likely', confidence: 0.8 }),
          pattern({ name: 'Perhaps', confidence: 0.69 })
        ]
      })
    );
    expect(run.detected?.map(({ name }) => name)).toEqual(['Likely']);
    expect(run.drafted).toBeUndefined();
    expect(run.notes).toBeUndefined();
    expect(await files.drafts()).toEqual([]);
  });

  it('asks for names of learned skills also where nothing was committed lately', async () => {
    const later = NOW + 30 * 86_400_000;
    const signal = new AbortController().signal;
    const name = { name: 'Energy and its curve', description: 'Of a molecule.' };
    const reply = answer({ patterns: [], names: [{ id: 'vqe-convergence', ...name }] });
    expect(await ask(reply, signal, later)).toEqual({});
    expect(server.seen).toEqual([]);
    await files.writeProposed('vqe-convergence', CANDIDATE);
    await ask(reply, signal, later);
    const [candidate] = await files.candidates();
    expect(candidate?.review.suggestion).toEqual(name);
  });

  it('says when the answer is no JSON, or was cut off', async () => {
    const prose = await ask({ text: 'I see no pattern here.' });
    expect(prose.notes?.[0]).toContain('did not answer with JSON');
    const whole = JSON.stringify({ patterns: [pattern()] });
    const cut = await ask({ text: whole.slice(0, -20) });
    expect(cut.notes?.[0]).toContain('did not answer with JSON');
    expect(await files.drafts()).toEqual([]);
  });

  it('goes on without the model when the server refuses', async () => {
    const error = { type: 'invalid_request_error', message: 'no such model' };
    const run = await ask({ status: 400, error });
    expect(run.notes?.[0]).toContain('The model could not be asked: ');
    expect(run.notes?.[0]).toContain('no such model');
  });

  it('can be stopped while the model writes', async () => {
    const controller = new AbortController();
    server.choose = () => {
      controller.abort();
      return { ...answer({ patterns: [pattern()] }), after: 4, then: 'hold' };
    };
    await expect(ask({}, controller.signal)).rejects.toMatchObject({
      name: 'AbortError'
    });
    expect(await files.drafts()).toEqual([]);
  });
});
