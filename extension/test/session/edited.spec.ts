import '../page';

import { Notification } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';

import { CommandIDs } from '../../src/commands';
import { addCommitCommand } from '../../src/session/commit/commands';
import { UncommittedModel } from '../../src/session/statusModel';
import { uncommittedText } from '../../src/session/uncommitted';
import { Workbench, type OpenNotebook } from './workbench';

const trans = nullTranslator.load('llmos');

describe('a notebook that is edited after its commit', () => {
  let bench: Workbench;
  let notebook: OpenNotebook;
  let model: UncommittedModel;
  const text = (): string => uncommittedText(model.files, model.sessions, trans);
  const says = (wanted: string): Promise<void> =>
    new Promise(done => {
      const look = (): void => {
        if (text() === wanted) {
          model.stateChanged.disconnect(look);
          done();
        }
      };
      model.stateChanged.connect(look);
      look();
    });
  const commit = (): Promise<unknown> =>
    bench.run(CommandIDs.commitSession, { ask: false });

  beforeEach(async () => {
    bench = new Workbench();
    addCommitCommand(bench.context);
    notebook = await bench.open('energy.ipynb', 'x = 1');
    await bench.begin(notebook);
    bench.sessions.followEdits(notebook.panel);
    const { drive, repository } = bench.sessions.volumeOf('user').volume;
    model = new UncommittedModel(drive, repository, bench.sessions);
    await notebook.save();
    await commit();
    await says('');
  });
  afterEach(() => {
    Notification.manager.dismiss();
    model.dispose();
    bench.dispose();
  });

  it('counts before it is saved, and until it is committed', async () => {
    notebook.type('x = 2');
    await says('1 session not committed');
    expect(model.files).toEqual([]);
    expect(model.isAnything).toBe(true);
    await notebook.save();
    expect(text()).toBe('1 session not committed');
    await commit();
    await says('');
    notebook.type('x = 3');
    await says('1 session not committed');
  });

  it('counts at the cells that it had between two commits', async () => {
    notebook.type('x = 2');
    await says('1 session not committed');
    notebook.type('x = 3');
    await notebook.save();
    await commit();
    await says('');
    notebook.type('x = 2');
    await says('1 session not committed');
  });

  it('counts beside others that are edited at once', async () => {
    const others = [];
    for (const name of ['a', 'b']) {
      const other = await bench.open(`${name}.ipynb`, 'y = 1');
      await bench.begin(other);
      bench.sessions.followEdits(other.panel);
      await other.save();
      await commit();
      others.push(other);
    }
    await says('');
    [notebook, ...others].forEach(each => each.type('z = 2'));
    await says('3 sessions not committed');
  });

  it('counts no more once it is saved as it was', async () => {
    notebook.type('x = 2');
    await says('1 session not committed');
    notebook.type('x = 1');
    await notebook.save();
    await says('');
    expect(model.isAnything).toBe(false);
  });
});
