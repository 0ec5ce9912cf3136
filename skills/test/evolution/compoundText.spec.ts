import { compoundDescription, compoundName } from '../../src/evolution/compoundText';

const steps = ['Hamiltonian', 'VQE', 'Plot', 'Export'];

describe('the words of a learned skill', () => {
  it.each([
    [2, 'Hamiltonian, then VQE', 'Runs Hamiltonian, then VQE in one step,'],
    [3, 'Hamiltonian, VQE, then Plot', 'Runs Hamiltonian, VQE, then Plot in one step,'],
    [
      4,
      'Hamiltonian to Export in 4 steps',
      'Runs the 4 steps from Hamiltonian to Export in one,'
    ]
  ])('name %i steps and say what becomes of them', (count, name, words) => {
    const some = steps.slice(0, count);
    expect(compoundName(some)).toBe(name);
    // No number of runs, which is another after each update.
    expect(compoundDescription(some)).toBe(`${words} with learned defaults.`);
  });
});
