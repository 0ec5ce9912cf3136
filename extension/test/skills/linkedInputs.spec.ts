import '../browser';

import { linkedInputs, type ICellText } from '../../src/skills/linkedInputs';
import { entryOf, HAMILTONIAN, libraryOf, VQE } from './fixtures';

const code = (source: string): ICellText => ({ type: 'code', source });
const markdown = (source: string): ICellText => ({ type: 'markdown', source });
const { library } = libraryOf(HAMILTONIAN, VQE);
const find = library.get.bind(library);

describe('linkedInputs', () => {
  const call = code('h = await skill("quantum-hamiltonian")(distance=0.7)');

  it('takes an output of the same name and type from the nearest call', () => {
    const nearer = code("g = await skill('quantum-hamiltonian')()");
    expect(linkedInputs(VQE.skill, [call, code('x = 1')], find)).toEqual({
      hamiltonian: 'h.hamiltonian'
    });
    expect(linkedInputs(VQE.skill, [call, nearer], find)).toEqual({
      hamiltonian: 'g.hamiltonian'
    });
  });

  it('leaves out what is optional, of another type or not known', () => {
    const other = entryOf('other', {
      inputs: [
        { name: 'hamiltonian', type: 'circuit', required: true },
        { name: 'eigenvalue', type: 'number' }
      ]
    });
    expect(linkedInputs(other.skill, [call], find)).toEqual({});
    const unknown = code('u = await skill("no-such-skill")()');
    expect(linkedInputs(VQE.skill, [unknown, markdown(call.source)], find)).toEqual({});
  });

  it.each([
    'h = 1',
    'h, k = 1, 2',
    'for h in range(3):\n  pass',
    'import h',
    'h.x = 2'
  ])('does not trust a name that is bound anew by %j', source => {
    expect(linkedInputs(VQE.skill, [call, code(source)], find)).toEqual({});
  });

  it('goes on trusting a name that is only used', () => {
    const use = code('print(h.hamiltonian)\nif h == 1:\n    k = h');
    expect(linkedInputs(VQE.skill, [call, use], find)).toEqual({
      hamiltonian: 'h.hamiltonian'
    });
  });
});
