import fc from 'fast-check';
import { isSecretName, maskText, maskTrace } from '../../src/session/mask';
import { formatTrace, parseTrace, type ITrace } from '../../src/session/trace';
import { formatUlid } from '../../src/session/ulid';

const TRACE: ITrace = {
  v: 1,
  id: '01J',
  session: 's-1',
  user: 'ana',
  started: '2026-11-21T10:00:00.000Z',
  ms: 5,
  status: 'failed',
  goal: 'Fetch with ghp_abcdefghijklmnopqrstuvwxyz012345',
  trigger: 'cell',
  nodes: [
    {
      id: 'a',
      skill: 'fetch',
      status: 'failed',
      ms: 5,
      inputs: {
        api_key: { type: 'string', value: 'hunter2' },
        token: {
          ...{ type: 'array<number>', hash: 'sha256:00', length: 4000 },
          summary: { low: 1, high: 77123, mean: 5, rms: 2, moment: 0.25, at: [77123] }
        },
        max_tokens: { type: 'integer', value: 100 },
        options: {
          type: 'object',
          value: { user: 'ana', password: 'x', list: ['sk-ant-api03-abcdefghijklmnop'] }
        }
      },
      outputs: {
        text: { type: 'string', value: 'fine' },
        curve: {
          ...{ type: 'array<number>', hash: 'sha256:11', length: 300 },
          summary: { low: 0, high: 1, mean: 0.5, rms: 0.3, moment: 0.25, at: [0, 1] }
        }
      },
      error: { name: 'HTTPError', message: '401 for Bearer abcdefghijklmnop.qrst' }
    }
  ],
  edges: [],
  env: {}
};

describe('maskTrace', () => {
  it('keeps no secret, by name or by shape, and everything else', () => {
    const masked = maskTrace(TRACE);
    const text = formatTrace(masked);
    const secrets = ['hunter2', 'sha256:00', '77123', '"x"', 'sk-ant', 'ghp_', 'qrst'];
    for (const secret of secrets) {
      expect(text).not.toContain(secret);
    }
    expect(masked.nodes[0]?.inputs).toMatchObject({
      api_key: { type: 'string', masked: true },
      max_tokens: { type: 'integer', value: 100 },
      options: { value: { user: 'ana', password: '[masked]', list: ['[masked]'] } }
    });
    expect(masked.nodes[0]?.outputs).toEqual(TRACE.nodes[0]?.outputs);
    expect(parseTrace(text)).toEqual(masked);
  });
});

describe('isSecretName', () => {
  it.each([
    'password',
    'githubToken',
    'API_KEY',
    'x-api-key',
    'clientSecret',
    'privateKey'
  ])('knows %s', name => expect(isSecretName(name)).toBe(true));

  it.each([
    'key',
    'tokens',
    'max_tokens',
    'keyboard',
    'secretary',
    'public_key',
    'passes'
  ])('lets %s be', name => expect(isSecretName(name)).toBe(false));
});

describe('maskText', () => {
  it('takes the password out of an address, and leaves the address', () => {
    expect(maskText('https://ana:hunter2@example.org/x')).toBe(
      'https://ana:[masked]@example.org/x'
    );
  });

  it('changes nothing twice', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        expect(maskText(maskText(text))).toBe(maskText(text));
      })
    );
  });
});

describe('formatUlid', () => {
  it('has 26 characters that sort by time', () => {
    const zeros = new Uint8Array(16);
    const ones = new Uint8Array(16).fill(255);
    fc.assert(
      fc.property(fc.nat(2 ** 40), fc.nat(1000), (now, later) => {
        const early = formatUlid(now, ones);
        expect(early).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
        expect(early < formatUlid(now + later + 1, zeros)).toBe(true);
      })
    );
  });
});
