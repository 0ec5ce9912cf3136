import { errorName, isStop } from '../../src/graph/errorName';

it.each([
  ["<class 'ZeroDivisionError'>", 'ZeroDivisionError'],
  ["<class 'llmos.errors.SkillError'>", 'SkillError'],
  ["<class '__main__.f.<locals>.Odd'>", 'Odd'],
  ['NameError', 'NameError'],
  ['', '']
])('reads the name in %j', (given, name) => {
  expect(errorName(given)).toBe(name);
});

it.each([
  ['KeyboardInterrupt', true],
  // ipykernel, while the cell awaits a skill.
  ['CancelledError', true],
  ['Kernel Interrupt', true],
  ['SkillError', false]
])('tells a stop from a fault: %s', (name, stopped) => {
  expect(isStop(name)).toBe(stopped);
});
