import { SKILL_TYPES, isPythonSkill } from '../../src';

it('tells skills whose code is Python', () => {
  expect(SKILL_TYPES.filter(isPythonSkill)).toEqual(['python-wasm', 'qiskit']);
  expect(isPythonSkill('context')).toBe(false);
});
