import type { IModelProblem, ModelProblemCode } from '@llmos-lab/skills';

/** What a server said is not told longer than this. */
const MOST_SAID = 300;

const TEXTS: Readonly<Record<ModelProblemCode, string>> = {
  'no-key': 'there is no key in ANTHROPIC_API_KEY.',
  'wrong-key': 'the server does not take the key in ANTHROPIC_API_KEY.',
  'no-credit': 'the account of the key has no credit left.',
  forbidden: 'the key may not do that.',
  'unknown-model': 'the server knows no such model; choose another one with --model.',
  overloaded: 'the server is overloaded.',
  'rate-limited': 'too many requests or tokens in a short time.',
  'too-long':
    'the messages of commits are too long for this model; lower --model-days.',
  refused: 'the server refused.',
  declined: 'the model declined to answer.',
  offline: 'the server cannot be reached.',
  blocked: 'the server does not let this program read its answers.',
  'server-failed': 'the server failed.',
  'cut-off': 'the answer broke off.',
  'invalid-address':
    'ANTHROPIC_BASE_URL is no address to which a key may go: it must begin with https://, ' +
    'or be on this machine, and hold no password.',
  unexpected: 'something unexpected happened.'
};

/** Why a model gave no answer, as the end of a sentence and the server's own words. */
export function problemText({ code, detail }: IModelProblem): string {
  const said = detail.replace(/[\s\p{C}]+/gu, ' ').trim();
  return said === ''
    ? TEXTS[code]
    : `${TEXTS[code]} The server says: ${said.slice(0, MOST_SAID)}`;
}
