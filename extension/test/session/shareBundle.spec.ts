/** @jest-environment node */
import { nullTranslator } from '@jupyterlab/translation';
import fc from 'fast-check';
import { zipSync } from 'fflate';

import {
  fromFragment,
  packShare,
  SHARED_NOTEBOOK,
  toFragment,
  unpackShare
} from '../../src/session/share/shareBundle';
import { parseMade } from '../../src/session/share/resultMarks';
import { SharedFiles } from '../../src/session/share/sharedFiles';

const trans = nullTranslator.load('');
const bytes = (value: unknown): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(value));
const notebook = (source: string): unknown => ({
  cells: [{ cell_type: 'code', source }],
  metadata: { llmos: { v: 1, session: 's-1' } }
});

describe('a share', () => {
  it('comes back from a zip, without the session of its author', () => {
    const share = {
      ...{ name: 'Hydrogen', made: new Map() },
      files: [
        { path: SHARED_NOTEBOOK, bytes: bytes(notebook('1')) },
        { path: 'artifacts/a.png', bytes: Uint8Array.of(1, 2) }
      ]
    };
    const { name, files } = unpackShare(packShare(share), trans);
    expect(name).toBe('Hydrogen');
    expect(files.map(({ path }) => path)).toEqual([SHARED_NOTEBOOK, 'artifacts/a.png']);
    expect(JSON.parse(new TextDecoder().decode(files[0]?.bytes))).toEqual({
      cells: [{ cell_type: 'code', source: '1' }],
      metadata: {}
    });
  });

  it('comes back from a link, whatever its text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (name, source) => {
        const fragment = toFragment(name, notebook(source)) ?? '';
        expect(fragment).toMatch(/^#share=1\.[\w-]+$/);
        const share = fromFragment(fragment, trans);
        expect(share?.name).toBe(name.slice(0, 100));
        expect(new TextDecoder().decode(share?.files[0]?.bytes)).toContain(
          JSON.stringify(source)
        );
      })
    );
  });

  const RUN = { cell_type: 'code', id: 'a', source: 'x = 2', execution_count: 4 };
  const run = {
    cells: [RUN, { ...RUN, id: 'b', execution_count: null }],
    metadata: {}
  };

  it('takes along what made the results that its notebook holds', () => {
    const made = new Map([
      ['a', { code: 'c0de', meaning: '', count: 4, isFault: true }]
    ]);
    const files = [{ path: SHARED_NOTEBOOK, bytes: bytes(run) }];
    const zip = packShare({ name: 'Run', files, made });
    expect(unpackShare(zip, trans).made).toEqual(made);
    const link = toFragment('Run', run, made) ?? '';
    expect(fromFragment(link, trans)?.made).toEqual(made);
    // Shares of before say nothing of it.
    expect(fromFragment(toFragment('Run', run) ?? '', trans)?.made.size).toBe(0);
  });

  it.each([
    ['another run', { a: { code: 'c', meaning: 'm', count: 3 } }],
    ['a cell without a result', { b: { code: 'c', meaning: 'm', count: null } }],
    ['a cell that is not there', { toString: { code: 'c', meaning: 'm', count: 4 } }],
    [
      'a text that is no digest',
      { a: { code: 'c', meaning: 'm'.repeat(65), count: 4 } }
    ],
    ['no digest', { a: { code: 7, meaning: 'm', count: 4 } }],
    ['no record', { a: 'c' }],
    ['no cells', ['a']]
  ])('believes nothing that is said of %s', (_, made) => {
    expect(parseMade(made, run).size).toBe(0);
  });

  it('takes no more of a mark than it is', () => {
    const said = { code: 'c', meaning: 'm', count: 4, isFault: 1, more: 'text' };
    expect(parseMade({ a: said }, run)).toEqual(
      new Map([['a', { code: 'c', meaning: 'm', count: 4 }]])
    );
  });

  it('is no link when it would be too long', () => {
    const noise = Array.from({ length: 60_000 }, (_, at) => (at * 7919) ** 2 % 9973);
    expect(toFragment('Long', notebook(noise.join('')))).toBeNull();
  });

  it.each(['#share=1.', '#share=1.!!!', '#share=1.AAAA', '#share=1.eyJ2IjoxfQ'])(
    'refuses the damaged link %s',
    fragment => {
      expect(() => fromFragment(fragment, trans)).toThrow(/damaged|no notebook/);
    }
  );

  it('leaves other fragments alone, and refuses other zips', () => {
    expect(fromFragment('#heading', trans)).toBeNull();
    expect(() => unpackShare(zipSync({ 'a.txt': bytes('a') }), trans)).toThrow(
      /no shared/
    );
    expect(() => unpackShare(bytes('no zip'), trans)).toThrow(/zip/);
  });

  it('stands on a drive of its own', async () => {
    const shared = new SharedFiles(trans, () => 7);
    const path = shared.add({
      name: '../Évil: "x"',
      files: [{ path: SHARED_NOTEBOOK, bytes: bytes(notebook('1')) }]
    });
    expect(path).toBe('shared:1/.. Évil x.ipynb');
    expect((await shared.list('')).map(entry => entry.path)).toEqual(['1']);
    expect((await shared.list('1')).map(({ size }) => size)).toEqual([
      bytes(notebook('1')).length
    ]);
    await expect(shared.read('1/b')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('has no other file in the place of its notebook', async () => {
    const shared = new SharedFiles(trans);
    const files = [
      { path: SHARED_NOTEBOOK, bytes: bytes(notebook('1')) },
      { path: 'Hydrogen.ipynb', bytes: bytes(notebook('unchecked')) }
    ];
    const share = unpackShare(
      packShare({ name: 'Hydrogen', files, made: new Map() }),
      trans
    );
    expect(() => shared.add(share)).toThrow(/two files named "Hydrogen.ipynb"/);
    expect(await shared.list('')).toEqual([]);
  });
});
