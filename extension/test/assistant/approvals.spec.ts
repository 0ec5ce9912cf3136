import { Approvals } from '../../src/assistant/panel/approvals';
import type { IApproval } from '../../src/assistant/tools/toolContext';

const APPROVAL: IApproval = { tool: 'run', changes: [], text: '' };

describe('approvals', () => {
  it('ask until the person answers', async () => {
    const approvals = new Approvals(() => undefined);
    const asked = approvals.ask(APPROVAL, new AbortController().signal);
    approvals.open?.answer('once');
    expect(await asked).toBe('once');
    expect(approvals.open).toBeNull();
  });

  it('end with no when the turn is stopped', async () => {
    const stop = new AbortController();
    const approvals = new Approvals(() => undefined);
    const asked = approvals.ask(APPROVAL, stop.signal);
    stop.abort();
    expect(await asked).toBe('no');
    expect(approvals.open).toBeNull();
  });

  it('ask nothing any more after a stop', async () => {
    const changed = jest.fn();
    const approvals = new Approvals(changed);
    expect(await approvals.ask(APPROVAL, AbortSignal.abort())).toBe('no');
    expect(changed).not.toHaveBeenCalled();
  });
});
