import '../browser';

import { sessionNameProblem } from '../../../skills/src/session/session';
import { nameProblem } from '../../src/session/nameProblem';
import { MARKED } from '../marked';

it.each(['', 'x'.repeat(101), 'a\tb', ' a'])(
  'says what is wrong with the name %j through the translator, in English as the core',
  name => {
    expect(nameProblem(name, MARKED)).toBe(`«${sessionNameProblem(name)}»`);
  }
);

it('takes a name', () => {
  expect(nameProblem('Hydrogen', MARKED)).toBeNull();
});
