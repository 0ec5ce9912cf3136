import { readDetails, type ISessionTree } from '../../src/session/details';

/** A volume in which these files stand. */
function tree(files: Readonly<Record<string, string>>): ISessionTree {
  const text = (path: string): Promise<string | null> =>
    Promise.resolve(files[path] ?? null);
  return {
    text,
    bytes: async path => new TextEncoder().encode((await text(path)) ?? ''),
    list: () => Promise.resolve([]),
    entries: folder =>
      Promise.resolve(
        Object.keys(files)
          .filter(path => path.startsWith(`${folder}/`))
          .map(path => ({
            path,
            name: path.slice(folder.length + 1),
            type: 'file',
            size: 2
          }))
      )
  };
}

describe('readDetails', () => {
  const artifacts = {
    'sessions/s-1/artifacts/out.json': '{}',
    'sessions/s-1/artifacts/plot.json': '{}',
    'sessions/s-1/artifacts/rc.json': '{}',
    'sessions/s-1/artifacts/rc.png': '{}'
  };
  const typesIn = async (notebook: string): Promise<readonly string[]> => {
    const files = { ...artifacts, 'sessions/s-1/s-1.ipynb': notebook };
    const details = await readDetails(tree(files), 's-1');
    return details.artifacts.map(({ type, name }) => `${type}: ${name}`);
  };

  it('calls artifacts what the notebook shows, though many are JSON', async () => {
    const cell = (source: string, mime: string) => ({
      ...{ cell_type: 'code', source },
      outputs: [{ output_type: 'display_data', data: { [mime]: {} }, metadata: {} }]
    });
    const cells = [
      cell('plot = await skill("plot-xy")()', 'application/vnd.vegalite.v5+json'),
      cell('rc = await skill("spice")()', 'application/vnd.llmos.circuit.v1+json')
    ];
    expect(await typesIn(JSON.stringify({ cells }))).toEqual([
      'data: out.json',
      'plot: plot.json',
      'circuit: rc.json',
      'image: rc.png'
    ]);
  });

  it('calls them by their names where the notebook cannot be read', async () => {
    expect(await typesIn('{')).toEqual([
      'data: out.json',
      'data: plot.json',
      'data: rc.json',
      'image: rc.png'
    ]);
  });
});
