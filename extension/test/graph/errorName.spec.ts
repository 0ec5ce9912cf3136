import { errorName } from '../../src/graph/errorName';

it.each([
  ["<class 'ZeroDivisionError'>", 'ZeroDivisionError'],
  ["<class 'llmos.errors.SkillError'>", 'SkillError'],
  ["<class '__main__.f.<locals>.Odd'>", 'Odd'],
  ['NameError', 'NameError'],
  ['', '']
])('reads the name in %j', (given, name) => {
  expect(errorName(given)).toBe(name);
});
