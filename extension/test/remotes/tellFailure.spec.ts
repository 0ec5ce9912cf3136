import '../browser';

import { Notification } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { VolumeError } from '@llmos-lab/skills';

import { tellFailure, type ITransferContext } from '../../src/remotes/transfer/context';

describe('tellFailure', () => {
  it('names sessions as they are called, whatever is in their names', () => {
    const tell = jest.spyOn(Notification, 'error').mockReturnValue('');
    const paths = ['sessions/s-1/s-1.ipynb', 'notes.md'];
    const session = { id: 's-1', name: "Costs in $& and $'" };
    const context = {
      trans: nullTranslator.load('llmos'),
      sessions: { find: (id: string) => (id === 's-1' ? { session } : undefined) }
    } as unknown as ITransferContext;
    const error = new VolumeError('dirty', `Commit ${paths.join(' and ')}.`, paths);
    tellFailure(context, 'user', 'pull', error);
    expect(tell.mock.calls[0]?.[0]).toBe(
      "Pull: Commit Costs in $& and $'.ipynb and notes.md."
    );
    tell.mockRestore();
  });
});
