import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createSkillSearch,
  librarySearch,
  parseSkill,
  prepareSearch,
  searchSkills,
  type ISkill
} from '../../src/index';

const FOLDER = join(__dirname, '../../library/system');
const LIBRARY: readonly ISkill[] = readdirSync(FOLDER)
  .filter(file => file.endsWith('.md'))
  .flatMap(file => {
    const { skill } = parseSkill(readFileSync(join(FOLDER, file), 'utf8'), file);
    return skill ? [skill] : [];
  });

/** What people type, and the skill that should come first. */
const QUERIES: readonly (readonly [string, string])[] = [
  ['quantum-vqe', 'quantum-vqe'],
  ['vqe', 'quantum-vqe'],
  ['VQE optimizer', 'quantum-vqe'],
  ['variational eigensolver', 'quantum-vqe'],
  ['variatonal eigensolver', 'quantum-vqe'],
  ['ansatz', 'quantum-vqe'],
  ['eigenval', 'quantum-vqe'],
  ['find the eigenvalue with an optimiser', 'quantum-vqe'],
  ['quantum-vqe-node', 'quantum-vqe'],
  ['hamiltonian', 'quantum-hamiltonian'],
  ['hamiltonan', 'quantum-hamiltonian'],
  ['hamil', 'quantum-hamiltonian'],
  ['H2 molecule', 'quantum-hamiltonian'],
  ['hydrogen', 'quantum-hamiltonian'],
  ['hydrogen bond length', 'quantum-hamiltonian'],
  ['ising', 'quantum-hamiltonian'],
  ['heisenberg spin chain', 'quantum-hamiltonian'],
  ['pauli strings', 'quantum-hamiltonian'],
  ['spin chains', 'quantum-hamiltonian'],
  ['bell state', 'quantum-circuit'],
  ['ghz', 'quantum-circuit'],
  ['grover', 'quantum-circuit'],
  ['grovers search', 'quantum-circuit'],
  ['fourier transform', 'quantum-circuit'],
  ['qft', 'quantum-circuit'],
  ['statevector', 'quantum-circuit'],
  ['state vector and counts of qubits', 'quantum-circuit'],
  ['quantum circuit', 'quantum-circuit'],
  ['quantm circiut', 'quantum-circuit'],
  ['draw a quantum circuit', 'quantum-circuit'],
  ['plot convergence', 'plot-convergence'],
  ['convergence', 'plot-convergence'],
  ['convergance plot', 'plot-convergence'],
  ['plot the loss of a training', 'plot-convergence'],
  ['show error over iterations', 'plot-convergence'],
  ['optimisation trace', 'plot-convergence'],
  ['plot', 'plot-xy'],
  ['scatter', 'plot-xy'],
  ['scater plot', 'plot-xy'],
  ['bar chart', 'plot-xy'],
  ['line chart', 'plot-xy'],
  ['chart', 'plot-xy'],
  ['draw a graph of a curve', 'plot-xy'],
  ['plot xy', 'plot-xy'],
  ['vega', 'plot-xy'],
  ['series of numbers', 'plot-xy'],
  ['csv', 'export-results'],
  ['export', 'export-results'],
  ['exprot csv', 'export-results'],
  ['save results to a file', 'export-results'],
  ['download', 'export-results'],
  ['write json', 'export-results'],
  ['export table', 'export-results'],
  ['qubit basics', 'quantum-basics'],
  ['what is superposition', 'quantum-basics'],
  ['quantum computing', 'quantum-basics'],
  ['teach quantum', 'quantum-basics'],
  ['netlist', 'spice-netlist'],
  ['spice netlist', 'spice-netlist'],
  ['run ngspice', 'spice-netlist'],
  ['ngspce', 'spice-netlist'],
  ['noise analysis', 'spice-netlist'],
  ['simulate a circuit from text', 'spice-netlist'],
  ['spcie netlsit', 'spice-netlist'],
  ['how do I describe a netlist', 'spice-basics'],
  ['which analysis answers my question', 'spice-basics'],
  ['spice guide', 'spice-basics'],
  ['spice basics', 'spice-basics'],
  ['python', 'python-coding'],
  ['pyhton code', 'python-coding'],
  ['write python cells', 'python-coding'],
  ['debugging', 'python-coding'],
  ['pyodide packages', 'python-coding'],
  ['notebook', 'notebook-craft'],
  ['reproducible notebook', 'notebook-craft'],
  ['notebook structure', 'notebook-craft'],
  ['share a notebook', 'notebook-craft'],
  ['voltage divider', 'spice-resistor'],
  ['resistor', 'spice-resistor'],
  ['reistor', 'spice-resistor'],
  ['divider with a load', 'spice-resistor'],
  ['spice resistor', 'spice-resistor'],
  ['rc filter', 'circuit-rc-node'],
  ['rc transient', 'circuit-rc-node'],
  ['capacitor', 'circuit-rc-node'],
  ['rc-circuit', 'circuit-rc-node'],
  ['low pass', 'circuit-rc-node'],
  ['step response', 'circuit-rc-node'],
  ['bode diagram', 'circuit-rc-node'],
  ['cut-off frequency', 'circuit-rc-node'],
  ['time constant', 'circuit-rc-node'],
  ['fitler', 'circuit-rc-node'],
  ['cube', 'threejs-cube'],
  ['spinning cube', 'threejs-cube'],
  ['cbue', 'threejs-cube'],
  ['box that turns', 'threejs-cube'],
  ['3d animation', 'threejs-animation'],
  ['animate', 'threejs-animation'],
  ['bounce', 'threejs-animation'],
  ['animaiton', 'threejs-animation'],
  ['keyframe clip', 'threejs-animation'],
  ['geometry', 'threejs-geometry'],
  ['goemetry', 'threejs-geometry'],
  ['sphere', 'threejs-geometry'],
  ['torus knot', 'threejs-geometry'],
  ['surface of heights', 'threejs-geometry'],
  ['material', 'threejs-material'],
  ['matreial', 'threejs-material'],
  ['metal', 'threejs-material'],
  ['glass', 'threejs-material'],
  ['paint a mesh', 'threejs-material'],
  ['scene', 'threejs-scene'],
  ['secne', 'threejs-scene'],
  ['lights', 'threejs-scene'],
  ['camera', 'threejs-scene'],
  ['scene with lights and camera', 'threejs-scene'],
  ['place meshes in a row', 'threejs-scene'],
  ['plto', 'plot-xy'],
  ['polt', 'plot-xy'],
  ['hmailtonian', 'quantum-hamiltonian'],
  ['gorver', 'quantum-circuit'],
  ['vqe optimzier', 'quantum-vqe'],
  ['csv exprot', 'export-results'],
  ['convergecne', 'plot-convergence']
];

describe('searchSkills', () => {
  it('answers at least 60 queries with a mean reciprocal rank of 0.9 or more', () => {
    const misses: string[] = [];
    let sum = 0;
    for (const [query, id] of QUERIES) {
      const found = searchSkills(LIBRARY, query).map(match => match.id);
      const rank = found.indexOf(id) + 1;
      sum += rank > 0 ? 1 / rank : 0;
      if (rank !== 1) {
        misses.push(`${query}: ${id} is at ${rank}, first is ${found[0]}`);
      }
    }
    expect(QUERIES.length).toBeGreaterThanOrEqual(60);
    expect({ misses, good: sum / QUERIES.length >= 0.9 }).toMatchObject({ good: true });
  });

  it('is asked for every skill of the library, at least three times', () => {
    const asked = (id: string): number =>
      QUERIES.filter(([, wanted]) => wanted === id).length;
    expect(LIBRARY.map(({ id }) => id).filter(id => asked(id) < 3)).toEqual([]);
  });

  it('finds a word with two neighbouring letters exchanged, also half typed', () => {
    const first = (query: string): string | undefined =>
      searchSkills(LIBRARY, query)[0]?.id;
    expect(first('plto')).toBe(first('plot'));
    expect(first('hmail')).toBe('quantum-hamiltonian');
    expect(first('anmi')).toBe('threejs-animation');
  });

  it('finds nothing for nothing', () => {
    expect(searchSkills(LIBRARY, '')).toEqual([]);
    expect(searchSkills(LIBRARY, 'the of and')).toEqual([]);
    expect(searchSkills(LIBRARY, 'zzzzqqqq')).toEqual([]);
  });

  it('puts an exact id or alias first', () => {
    const [first] = searchSkills(LIBRARY, 'plot-xy-node');
    expect(first?.id).toBe('plot-xy');
    for (const { id } of LIBRARY) {
      expect(searchSkills(LIBRARY, id)[0]?.id).toBe(id);
    }
  });

  it('gives at most as many as asked for, best first, the same each time', () => {
    const all = searchSkills(LIBRARY, 'quantum energy plot');
    expect(searchSkills(LIBRARY, 'quantum energy plot', 2)).toEqual(all.slice(0, 2));
    const scores = all.map(match => match.score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(createSkillSearch(LIBRARY).search('quantum energy plot')).toEqual(all);
  });

  it('sees that the library has changed', () => {
    const rest = LIBRARY.filter(skill => skill.id !== 'plot-xy');
    expect(searchSkills(LIBRARY, 'scatter')[0]?.id).toBe('plot-xy');
    expect(searchSkills(rest, 'scatter').map(match => match.id)).not.toContain(
      'plot-xy'
    );
  });

  it('has its index made with rests, once for a library', async () => {
    const some = LIBRARY.slice(0, 5);
    const rest = jest.fn(() => Promise.resolve());
    await prepareSearch(some, rest);
    expect(rest).toHaveBeenCalledTimes(some.length);
    const index = librarySearch(some);
    await prepareSearch([...some], rest);
    expect(rest).toHaveBeenCalledTimes(some.length);
    expect(librarySearch(some)).toBe(index);
    expect(index.search('plot')).toEqual(createSkillSearch(some).search('plot'));
  });

  it('has one index made for those who ask while it is made', async () => {
    const some = LIBRARY.slice(5, 10);
    const rest = jest.fn(() => Promise.resolve());
    await Promise.all([prepareSearch(some, rest), prepareSearch([...some], rest)]);
    expect(rest).toHaveBeenCalledTimes(some.length);
    expect(librarySearch(some)).toBe(librarySearch([...some]));
  });

  it('keeps the indexes of two libraries that are asked for by turns', () => {
    const [all, some] = [LIBRARY.slice(0, 6), LIBRARY.slice(0, 5)];
    const indexes = [librarySearch(all), librarySearch(some)];
    expect(librarySearch(all)).toBe(indexes[0]);
    expect(librarySearch(some)).toBe(indexes[1]);
    librarySearch(LIBRARY.slice(0, 4));
    expect(librarySearch(some)).toBe(indexes[1]);
    expect(librarySearch(all)).not.toBe(indexes[0]);
  });

  it('makes an index again that could not be made', async () => {
    const some = LIBRARY.slice(10, 15);
    const tired = () => Promise.reject(new Error('tired'));
    await expect(prepareSearch(some, tired)).rejects.toThrow('tired');
    const rest = jest.fn(() => Promise.resolve());
    await prepareSearch(some, rest);
    expect(rest).toHaveBeenCalledTimes(some.length);
  });

  it('searches the text of a skill, not its code', () => {
    const text =
      '---\nname: N\ndescription: D.\n---\nAbout zebras.\n\n~~~python\ngiraffe = 1\n~~~\nAnd lions.\n';
    const { skill } = parseSkill(text, 'animals.md');
    const skills = skill ? [...LIBRARY, skill] : LIBRARY;
    expect(searchSkills(skills, 'zebra')[0]?.id).toBe('animals');
    expect(searchSkills(skills, 'lion')[0]?.id).toBe('animals');
    expect(searchSkills(skills, 'giraffe')).toEqual([]);
  });
});
