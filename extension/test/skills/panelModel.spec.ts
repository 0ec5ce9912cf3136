import { SkillPanelModel } from '../../src/skills/panelModel';
import { contextOf, entryOf, HAMILTONIAN, libraryOf, VQE } from './fixtures';

const CUBE = entryOf('threejs-cube', { category: '3d' });
const MINE = entryOf('my-skill', { volume: 'user' });
const TEAM = entryOf('our-skill', { volume: 'lab' });

describe('SkillPanelModel', () => {
  it('is loading until the volumes have been read', async () => {
    const { library } = libraryOf(VQE);
    const model = new SkillPanelModel(library);
    expect(model.state.status).toBe('loading');
    await library.ready;
    await Promise.resolve();
    expect(model.state.status).toBe('ready');
  });

  it('groups by volume, the own first and the shipped last', () => {
    const { library } = libraryOf(MINE, TEAM, VQE);
    const { groups } = new SkillPanelModel(library).state;
    expect(groups.map(group => group.volume)).toEqual(['user', 'lab', 'system']);
    expect(groups[0]?.entries).toEqual([MINE]);
  });

  it('ranks search results across volumes', () => {
    const { library } = libraryOf(MINE, CUBE, VQE);
    const model = new SkillPanelModel(library);
    model.setQuery('optimizr');
    expect(model.state.groups).toEqual([{ volume: '', entries: [VQE] }]);
    model.setQuery('zzzzzz');
    expect(model.state.groups).toEqual([]);
    expect(model.state.total).toBe(3);
  });

  it('counts categories among the results and filters by one', () => {
    const { library } = libraryOf(CUBE, HAMILTONIAN, VQE);
    const model = new SkillPanelModel(library);
    expect(model.state.categories).toEqual([
      { category: '3d', count: 1 },
      { category: 'quantum', count: 2 }
    ]);
    model.setCategory('quantum');
    expect(model.state.groups.flatMap(group => group.entries)).toEqual([
      HAMILTONIAN,
      VQE
    ]);
  });

  it('shows all again when the chosen category is gone', () => {
    const { library, index } = libraryOf(CUBE, VQE);
    const model = new SkillPanelModel(library);
    model.setCategory('3d');
    index.set([VQE]);
    expect(model.state.category).toBeUndefined();
    expect(model.state.groups.flatMap(group => group.entries)).toEqual([VQE]);
  });

  it('opens one card at a time, and none that is not shown', () => {
    const { library } = libraryOf(CUBE, VQE);
    const model = new SkillPanelModel(library);
    model.toggle('quantum-vqe');
    model.toggle('threejs-cube');
    expect(model.state.open).toBe('threejs-cube');
    model.setCategory('quantum');
    expect(model.state.open).toBeUndefined();
    model.reveal('threejs-cube');
    expect(model.state).toMatchObject({ open: 'threejs-cube', category: undefined });
    model.toggle('threejs-cube');
    expect(model.state.open).toBeUndefined();
  });

  it('tells of each change, and of none once disposed', () => {
    const { library, index } = libraryOf(VQE);
    const model = new SkillPanelModel(library);
    let changes = 0;
    model.stateChanged.connect(() => changes++);
    model.setQuery('v');
    index.problems = [
      { code: 'x', severity: 'error', message: 'm', file: 'user:skills/a.md', line: 3 }
    ];
    index.set([VQE]);
    expect(changes).toBe(2);
    expect(model.state.problems).toHaveLength(1);
    model.dispose();
    model.dispose();
    index.set([]);
    expect(changes).toBe(2);
  });
});

describe('SkillLibrary', () => {
  it('searches by id, name and typos, and lists all for an empty query', () => {
    const { library } = libraryOf(contextOf('python-coding'), HAMILTONIAN, VQE);
    expect(library.search('')).toHaveLength(3);
    expect(library.search('quantum-vqe')[0]).toBe(VQE);
    expect(library.search('hamiltonain')[0]).toBe(HAMILTONIAN);
    expect(library.search('', 2)).toHaveLength(2);
  });

  it('finds what was added after the first search', () => {
    const { library, index } = libraryOf(VQE);
    expect(library.search('cube')).toEqual([]);
    index.set([CUBE, VQE]);
    expect(library.search('cube')).toEqual([CUBE]);
  });
});
