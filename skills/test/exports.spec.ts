import * as core from '../src/index';

it('exports exactly these names', () => {
  expect(Object.keys(core).sort()).toMatchSnapshot();
});
