import '../browser';

import { Router, type JupyterFrontEnd } from '@jupyterlab/application';
import { PageConfig } from '@jupyterlab/coreutils';
import { CommandRegistry } from '@lumino/commands';
import { PromiseDelegate } from '@lumino/coreutils';

import { addOpener, openerPlugin } from '../../src/opener/plugin';

const BASE = 'https://lab.example/site/';

function open(address: string) {
  PageConfig.setOption('baseUrl', BASE);
  const opened: string[] = [];
  const commands = new CommandRegistry();
  const gone: unknown[] = [];
  commands.addCommand('filebrowser:go-to-path', { execute: args => gone.push(args) });
  const restored = new PromiseDelegate<void>();
  const documents = {
    openOrReveal: (path: string) => {
      opened.push(path);
      return undefined;
    }
  };
  const router = new Router({ base: '/site/', commands });
  const navigated: string[] = [];
  const routes = {
    register: router.register.bind(router),
    navigate: (path: string) => navigated.push(path)
  };
  addOpener({ commands, restored: restored.promise }, routes, documents);
  jest.spyOn(router, 'current', 'get').mockReturnValue({
    ...{ hash: '', path: '', search: '' },
    request: address
  });
  return { commands, opened, gone, restored, router, navigated };
}

describe('the files of an address', () => {
  it('are opened once the layout stands, though later routes are still under way', async () => {
    const { commands, opened, restored, router, navigated } = open(
      '/lab/index.html?path=a%20b.ipynb&reset&path=sub/50%25.md#part'
    );
    const workspace = new PromiseDelegate<void>();
    commands.addCommand('workspace', { execute: () => workspace.promise });
    router.register({ command: 'workspace', pattern: /.?/, rank: 30 });
    const routed = router.route();
    await Promise.resolve();
    expect(opened).toEqual([]);
    restored.resolve();
    await restored.promise;
    expect(opened).toEqual(['a b.ipynb', 'sub/50%.md']);
    expect(navigated).toEqual(['/site/lab/index.html?reset=#part']);
    workspace.resolve();
    await routed;
  });

  it('are shown in the file browser, which does not come to the front', async () => {
    const { opened, gone, restored, router } = open('/lab?path=x/a.ipynb');
    void router.route();
    restored.resolve();
    await restored.promise;
    expect(opened).toEqual(['x/a.ipynb']);
    expect(gone).toEqual([{ path: 'x/a.ipynb', dontShowBrowser: true }]);
  });

  it('are read from its query alone, whose other words and hash stay as they are', async () => {
    const { opened, restored, router, navigated } = open(
      '/lab?path=a%23b.ipynb&next=https%3A%2F%2Fh%2Fx#a//b/../y?path=c.ipynb'
    );
    void router.route();
    restored.resolve();
    await restored.promise;
    expect(opened).toEqual(['a#b.ipynb']);
    expect(navigated).toEqual([
      '/site/lab?next=https%3A%2F%2Fh%2Fx#a//b/../y?path=c.ipynb'
    ]);
  });

  it.each(['/lab#x?path=a.ipynb', '//other.example/?mypath=1&path2=a'])(
    'are none, and the address stays, at %s',
    async address => {
      const { commands, opened, gone, restored, navigated } = open(address);
      restored.resolve();
      await commands.execute('router:tree', { request: address });
      await restored.promise;
      expect([...opened, ...navigated, ...gone]).toEqual([]);
    }
  );

  it.each([true, false])(
    'are left to JupyterLite where its own is on: %s',
    async on => {
      const its = '@jupyterlite/application-extension:opener';
      const disabled = jest
        .spyOn(PageConfig.Extension, 'isDisabled')
        .mockImplementation(id => !on && id === its);
      const commands = new CommandRegistry();
      const app = { commands, restored: Promise.resolve() } as JupyterFrontEnd;
      const register = jest.fn();
      await openerPlugin.activate(app, {}, { register });
      expect(register).toHaveBeenCalledTimes(on ? 0 : 1);
      expect(commands.hasCommand('router:tree')).toBe(!on);
      disabled.mockRestore();
    }
  );

  it('are none where the address names none', async () => {
    const { opened, restored, router, navigated } = open('/lab/index.html?mypath=1');
    await router.route();
    restored.resolve();
    await restored.promise;
    expect([...opened, ...navigated]).toEqual([]);
  });
});
