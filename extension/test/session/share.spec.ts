import '../page';

import { Notification } from '@jupyterlab/apputils';

import { CommandIDs } from '../../src/commands';
import { addShareCommands } from '../../src/session/share/commands';
import { addSharedSessions } from '../../src/session/share/openShare';
import { fromFragment, SHARED_NOTEBOOK } from '../../src/session/share/shareBundle';
import {
  answerDialog,
  chooseFile,
  keepDownloads,
  Workbench,
  type OpenNotebook
} from './workbench';

describe('sharing a session', () => {
  let bench: Workbench;
  let notebook: OpenNotebook;
  let saved: () => Blob | undefined;

  beforeEach(async () => {
    bench = new Workbench();
    addShareCommands(bench.context);
    notebook = await bench.open('energy.ipynb', 'x = 1');
    await bench.begin(notebook);
    await notebook.save();
    saved = keepDownloads();
  });
  afterEach(() => {
    Notification.manager.dismiss();
    bench.dispose();
  });

  const share = (as: string): Promise<unknown> =>
    bench.run(CommandIDs.shareSession, { as });

  it('sends what is on the screen, not what was saved last', async () => {
    notebook.type('x = 2');
    const link = share('link');
    await answerDialog('Cancel');
    const fragment = new URL(String(await link)).hash;
    const file = fromFragment(fragment, bench.context.trans)?.files[0];
    expect(file?.path).toBe(SHARED_NOTEBOOK);
    expect(new TextDecoder().decode(file?.bytes)).toContain('x = 2');
    expect(await bench.sourceAt('energy.ipynb')).toBe('x = 2');
  });

  it('opens elsewhere from a zip, read-only, and as a copy that can be changed', async () => {
    notebook.type('x = 3');
    expect(await share('zip')).toBeNull();
    const other = new Workbench();
    addSharedSessions(other.context);
    chooseFile(saved());
    const path = String(await other.run(CommandIDs.openShare));
    expect(path).toMatch(/^shared:.*energy\.ipynb$/);
    expect(await other.sourceAt(path)).toBe('x = 3');
    await expect(
      other.contents.save(path, { type: 'notebook', format: 'json', content: {} })
    ).rejects.toThrow(/read-only/);
    await other.run(CommandIDs.keepShare, { path });
    expect(other.shown.at(-1)).toBe('energy.ipynb');
    expect(await other.sourceAt('energy.ipynb')).toBe('x = 3');
    other.dispose();
  });
});
