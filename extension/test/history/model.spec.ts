import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';

import { HistoryModel } from '../../src/history/model';
import type { Sessions } from '../../src/session/store/sessions';

const trans = nullTranslator.load('');
const OID = 'a'.repeat(40);
const ENTRY = {
  ...{ oid: OID, parents: [], message: 'First\n', time: 0 },
  author: { name: 'Ana', email: 'ana@example.org' }
};

const settle = (): Promise<void> => new Promise(resolve => setTimeout(resolve));

it('lists a deleted branch no longer, nor its commits', async () => {
  const branches = new Map([
    ['main', OID],
    ['trial', OID]
  ]);
  const store = {
    log: () => Promise.resolve([ENTRY]),
    diff: () => Promise.resolve([])
  };
  const repository = { refs: () => Promise.resolve(new Map(branches)), store };
  const sessions = {
    changed: new Signal({}),
    volumes: [],
    volumeOf: () => ({ volume: { repository } }),
    find: () => undefined
  } as unknown as Sessions;
  const model = new HistoryModel(sessions, trans, { volume: 'user', branch: 'trial' });
  await settle();
  expect(model.state.branches).toEqual(['trial']);
  expect(model.state.entries).toHaveLength(1);
  expect(model.state.selected).toBe(OID);
  branches.delete('trial');
  await model.show({ volume: 'user', branch: 'trial' }, OID);
  expect(model.state.problem).toContain('trial');
  expect(model.state.branches).toEqual([]);
  expect(model.state.entries).toEqual([]);
  expect(model.state.selected).toBeUndefined();
  model.dispose();
});
