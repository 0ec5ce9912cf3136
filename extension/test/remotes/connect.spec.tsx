import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import * as React from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { act } from 'react';

import type { IGithubAccount } from '../../src/remotes/github/account';
import type { ITokenCheck } from '../../src/remotes/github/check';
import type { CreateResult } from '../../src/remotes/github/create';
import { ConnectView } from '../../src/remotes/github/connect/ConnectView';
import { ConnectModel } from '../../src/remotes/github/connect/model';
import { GithubSettings } from '../../src/remotes/github/connect/settings';
import { parsePlace } from '../../src/remotes/github/place';

const trans = nullTranslator.load('llmos');
const SERVER = 'https://api.github.com';

describe('connecting to GitHub', () => {
  let check: ITokenCheck;
  let created: CreateResult;
  let dropped: IGithubAccount[];
  let model: ConnectModel;
  const account: IGithubAccount = {
    ...{ login: 'ana', scopes: null, server: SERVER },
    check: () => Promise.resolve(check),
    repositories: () => Promise.resolve([{ owner: 'ana', name: 'notes' }]),
    createRepository: () => {
      check = { repository: 'writable', missing: [] };
      return Promise.resolve(created);
    }
  };

  beforeEach(() => {
    check = { repository: 'writable', missing: [] };
    created = { kind: 'created', place: { owner: 'ana', name: 'new' } };
    dropped = [];
    model = new ConnectModel({
      github: {
        signIn: token =>
          token === 'good'
            ? Promise.resolve(account)
            : Promise.reject(new Error('It has expired.')),
        drop: each => {
          dropped.push(each);
          return Promise.resolve();
        }
      },
      ...{ volume: 'user', server: SERVER, others: [], trans },
      suggest: login => new GithubSettings(null).suggest('user', login),
      takenBy: (_, { name }) => (name === 'taken' ? 'team-a' : undefined)
    });
  });

  it('goes from the token to the suggested repository', async () => {
    model.setToken(' good ');
    expect(model.isReady).toBe(false);
    await model.next();
    expect(model.state).toMatchObject({
      ...{ place: 'ana/llmunix-user-ana', problem: null },
      check: { repository: 'writable' }
    });
    expect(model.isReady).toBe(true);
    model.setPlace('ana/other');
    expect(model.isReady).toBe(false);
    await model.next();
    expect(model.isReady).toBe(true);
  });

  it('says what is wrong with a token, and forgets one that is replaced', async () => {
    model.setToken('old');
    await model.checkToken();
    expect(model.state.problem).toBe('It has expired.');
    model.setToken('good');
    await model.checkToken();
    model.setToken('another');
    expect(model.state.account).toBeNull();
    expect(dropped).toEqual([account]);
  });

  it.each(['another token', 'another server', 'Cancel'])(
    'does not take a token that was checked before the person chose %s',
    async what => {
      model.setToken('good');
      const checking = model.checkToken();
      if (what === 'Cancel') {
        await model.dispose();
      } else if (what === 'another token') {
        model.setToken('good, but not this one');
      } else {
        model.setServer('https://git.example.org/api/v3');
      }
      await checking;
      expect(model.state.account).toBeNull();
      expect(model.isReady).toBe(false);
      expect(dropped).toEqual([account]);
    }
  );

  it('lets a volume that may only be read be pulled, and says what is missing', async () => {
    check = { repository: 'readable', missing: ['Contents: Read and write'] };
    model.setToken('good');
    await model.checkToken();
    expect(model.isReady).toBe(true);
    expect(draw()).toContain('To push it needs: Contents: Read and write.');
  });

  it('creates what is not there, or gives the form filled in', async () => {
    check = { repository: 'absent', missing: [] };
    model.setToken('good');
    await model.checkToken();
    expect(model.isReady).toBe(false);
    created = { kind: 'not-allowed', formUrl: 'https://github.com/new?name=x' };
    await model.createRepository();
    expect(draw()).toContain('may not create repositories');
    created = { kind: 'exists' };
    await model.createRepository();
    expect(model.isReady).toBe(true);
  });

  it('keeps two volumes apart', async () => {
    model.setToken('good');
    model.setPlace('ana/taken');
    await model.checkToken();
    expect(model.state.problem).toContain('"team-a" is kept there');
    expect(model.isReady).toBe(false);
  });

  it.each([
    ['ana/volume', { owner: 'ana', name: 'volume' }],
    ['https://github.com/ana/volume.git', { owner: 'ana', name: 'volume' }],
    ['https://github.com/ana/a.b/', { owner: 'ana', name: 'a.b' }],
    ['volume', null],
    ['ana/../x', null]
  ])('reads %s', (text, place) => {
    expect(parsePlace(text)).toEqual(place);
  });

  /** What the dialog says. */
  function draw(): string {
    const node = document.createElement('div');
    let root: Root | undefined;
    const nothing = (): void => undefined;
    act(() => {
      root = createRoot(node);
      root.render(
        <ConnectView
          state={model.state}
          options={model.options}
          setServer={nothing}
          setToken={nothing}
          setPlace={nothing}
          setKeep={nothing}
          checkToken={nothing}
          checkPlace={nothing}
          createRepository={nothing}
          signInByPopUp={nothing}
          useOther={nothing}
          trans={trans}
        />
      );
    });
    const text = node.textContent ?? '';
    act(() => root?.unmount());
    return text;
  }
});
