import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import type { ModelProblemCode } from '@llmos-lab/skills';

import { problemText } from '../../src/assistant/provider/problems';

const trans = nullTranslator.load('llmos');
const say = (code: ModelProblemCode, detail = ''): string =>
  problemText({ code, detail }, 'https://models.example', trans);

describe('a failure', () => {
  // What happened, and what to do about it.
  it.each<[ModelProblemCode, RegExp, RegExp]>([
    ['no-key', /no key for https:\/\/models\.example/, /Enter one/],
    ['wrong-key', /does not take this key/, /Enter another one/],
    ['no-credit', /no credit left/, /Add some at the provider/],
    ['forbidden', /may not do that/, /look up its rights/],
    ['unknown-model', /knows no such model/, /Choose another one/],
    ['overloaded', /overloaded/, /Try again in a minute/],
    ['rate-limited', /Too many requests/, /try again/],
    ['too-long', /too long for this model/, /Begin a new one/],
    ['offline', /cannot be reached/, /Look at your connection/],
    ['blocked', /\(CORS\)/, /OLLAMA_ORIGINS=http/],
    ['server-failed', /server failed/, /Try again/],
    ['cut-off', /connection was lost/, /try again/],
    ['refused', /refused the request/, /refused/],
    ['declined', /model declined to answer/, /Ask in other words/],
    ['invalid-address', /no address that can be used/, /must begin with https/]
  ])('%s says what happened and what to do', (code, what, todo) => {
    expect(say(code)).toMatch(what);
    expect(say(code)).toMatch(todo);
  });

  it('adds what the server said, and tells a key that was not typed apart', () => {
    expect(say('overloaded', 'Busy')).toContain('The server says: Busy');
    expect(say('no-key', 'not typed')).toContain('nothing was sent');
  });
});
