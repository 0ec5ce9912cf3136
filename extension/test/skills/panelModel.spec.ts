import type { ISkillEntry } from '@llmos-lab/kernel';

import { FIRST_CARDS, SkillPanelModel } from '../../src/skills/panelModel';
import { contextOf, entryOf, HAMILTONIAN, libraryOf, VQE } from './fixtures';

const CUBE = entryOf('threejs-cube', { category: '3d' });
const MINE = entryOf('my-skill', { volume: 'user' });
const TEAM = entryOf('our-skill', { volume: 'lab' });

const shownIn = (model: SkillPanelModel): ISkillEntry[] =>
  model.state.groups.flatMap(group => group.entries);

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
    expect(model.state.groups).toMatchObject([
      { volume: '', entries: [VQE], count: 1 }
    ]);
    model.setQuery('zzzzzz');
    expect(model.state.groups).toEqual([]);
    expect(model.state.total).toBe(3);
  });

  it('filters by category, volume and kind together, and counts what each would show', () => {
    const guide = contextOf('python-coding');
    const { library } = libraryOf(CUBE, HAMILTONIAN, MINE, guide, VQE);
    const model = new SkillPanelModel(library);
    model.setFilter('category', 'quantum');
    expect(model.state.facets).toEqual({
      category: [
        { value: '3d', count: 1 },
        { value: 'coding', count: 1 },
        { value: 'quantum', count: 3 }
      ],
      volume: [
        { value: 'system', count: 2 },
        { value: 'user', count: 1 }
      ],
      kind: [
        { value: 'context', count: 0 },
        { value: 'qiskit', count: 3 }
      ]
    });
    model.setFilter('volume', 'system');
    expect(shownIn(model)).toEqual([HAMILTONIAN, VQE]);
    model.setFilter('kind', 'context');
    expect(shownIn(model)).toEqual([]);
    model.setFilter('category', undefined);
    expect(shownIn(model)).toEqual([guide]);
  });

  it('keeps the values in their places while a person types', () => {
    const { library } = libraryOf(CUBE, VQE);
    const model = new SkillPanelModel(library);
    model.setQuery('optimizer');
    expect(model.state.facets.category).toEqual([
      { value: '3d', count: 0 },
      { value: 'quantum', count: 1 }
    ]);
  });

  it('shows all again when the chosen category is gone', () => {
    const { library, index } = libraryOf(CUBE, VQE);
    const model = new SkillPanelModel(library);
    model.setFilter('category', '3d');
    index.set([VQE]);
    expect(model.state.filter).toEqual({});
    expect(shownIn(model)).toEqual([VQE]);
  });

  it('draws the first cards of a long library, and all on demand', () => {
    const many = Array.from({ length: 2000 }, (_, at) => entryOf(`skill-${at}`));
    const { library } = libraryOf(...many);
    const model = new SkillPanelModel(library);
    expect(shownIn(model)).toHaveLength(FIRST_CARDS);
    expect(model.state.groups[0]?.count).toBe(2000);
    model.showAll();
    expect(shownIn(model)).toHaveLength(2000);
    model.setQuery('skill');
    expect(shownIn(model)).toHaveLength(FIRST_CARDS);
  });

  it('opens one card at a time, and none that is not shown', () => {
    const { library } = libraryOf(CUBE, VQE);
    const model = new SkillPanelModel(library);
    model.toggle('quantum-vqe');
    model.toggle('threejs-cube');
    expect(model.state.open).toBe('threejs-cube');
    model.setFilter('category', 'quantum');
    expect(model.state.open).toBeUndefined();
    model.reveal('threejs-cube');
    expect(model.state).toMatchObject({ open: 'threejs-cube', filter: {} });
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
