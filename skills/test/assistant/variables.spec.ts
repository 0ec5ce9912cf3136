import fc from 'fast-check';

import { variableLines } from '../../src/assistant/variables';

describe('the lines about variables', () => {
  it('tell type, shape and a preview', () => {
    expect(
      variableLines({
        n: { type: 'int', preview: '3' },
        a: { type: 'ndarray float64', shape: [3, 4], preview: '0, 0, 0, …' },
        thing: { type: 'Thing' },
        vqe: {
          type: 'outputs',
          members: {
            eigenvalue: { type: 'float', preview: '-1.1373' },
            trace: { type: 'list', shape: [50] }
          }
        }
      })
    ).toEqual([
      'n: int = 3',
      'a: ndarray float64 (3, 4) = 0, 0, 0, …',
      'thing: Thing',
      'vqe: outputs { eigenvalue: float = -1.1373; trace: list (50) }'
    ]);
  });

  it('name every output of a skill where the previews of some are long', () => {
    const long = { type: 'list', shape: [50], preview: '0.123456789, '.repeat(8) };
    const members = {
      ...{ a: long, b: long, c: long, d: long },
      energy: { type: 'float', preview: '-1.1373' }
    };
    expect(variableLines({ h: { type: 'outputs', members } })).toEqual([
      'h: outputs { a: list (50); b: list (50); c: list (50); d: list (50); energy: float = -1.1373 }'
    ]);
  });

  it('tell no secrets: by the name, by the shape of a token, and of one that is cut', () => {
    const github = `ghp_${'a1B2'.repeat(9)}`;
    const web = `eyJ${'hbGciOi'.repeat(12)}`.slice(0, 60);
    const text = (preview: string): object => ({ type: 'str', shape: [99], preview });
    const lines = variableLines({
      api_key: text("'plain words'"),
      githubToken: { type: 'bytes', shape: [3], preview: "b'abc'" },
      secrets: { type: 'list', shape: [1], preview: "'abc'" },
      use_token: { type: 'bool', preview: 'True' },
      x: text(`'${github}'`),
      xs: { type: 'list', shape: [2], preview: `'${github}', 1` },
      web: text(`'${web}'…`),
      url: text(`'postgres://ana:${'hunter2'.repeat(6)}'…`),
      vqe: {
        type: 'outputs',
        members: { password: text("'abc'"), y: text(`'${github}'`) }
      }
    });
    expect(lines).toEqual([
      'api_key: str (99) = [masked]',
      'githubToken: bytes (3) = [masked]',
      'secrets: list (1) = [masked]',
      'use_token: bool = True',
      "x: str (99) = '[masked]'",
      "xs: list (2) = '[masked]', 1",
      "web: str (99) = '[masked]'…",
      "url: str (99) = 'postgres://ana:[masked]'…",
      "vqe: outputs { password: str (99) = [masked]; y: str (99) = '[masked]' }"
    ]);
  });

  it('leave out what is odd, and stay on one short line', () => {
    expect(variableLines(null)).toEqual([]);
    expect(variableLines({ x: 1, y: { type: 2 }, z: { type: 'a\nb' } })).toEqual([
      'z: a b'
    ]);
    fc.assert(
      fc.property(fc.jsonValue(), answer => {
        const lines = variableLines(answer);
        expect(lines.length).toBeLessThanOrEqual(40);
        expect(lines.every(line => line.length <= 400 && !line.includes('\n'))).toBe(
          true
        );
      })
    );
  });
});
