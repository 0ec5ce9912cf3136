/** @jest-environment node */
import { NetWorker } from '../../src/net/netWorker';
import { remoteError, sayDetail } from '../../src/remotes/remoteError';
import { MARKED } from '../marked';

describe('what the worker of foreign hosts has found', () => {
  it('is said by the page', async () => {
    const open = { url: 'http://example.org/a.git', user: '', password: '' };
    const problem = await new NetWorker().openGit(open);
    expect(problem && sayDetail(problem, MARKED)).toBe(
      '«"example.org" is no https:// address.»'
    );
    const missing = { code: 'not-found', cause: 'no-branch', detail: 'main' } as const;
    expect(remoteError(missing, 'example.org', MARKED).message).toMatch(
      /» \(«There is no branch "main"\.»\)$/
    );
  });

  it('is no fault of a server where there is no network', () => {
    const lost = { code: 'unreachable', detail: 'Failed to fetch' } as const;
    const told = (): string => remoteError(lost, 'example.org', MARKED).message;
    Object.defineProperty(globalThis, 'navigator', {
      ...{ configurable: true, value: { onLine: false } }
    });
    expect(told()).toBe('«There is no network. Your work is kept here.»');
    Reflect.deleteProperty(globalThis, 'navigator');
    expect(told()).toContain('example.org cannot be reached');
  });

  it('is left as it is where it is what a server said', () => {
    const refused = { code: 'refused', detail: 'No.' } as const;
    expect(remoteError(refused, 'example.org', MARKED).message).toBe(
      '«example.org refused the request.» (No.)'
    );
  });
});
