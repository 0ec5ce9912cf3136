/**
 * Takes secrets out of what is kept of a run: values whose name says that they are secret,
 * and texts that have the shape of a known kind of token. Traces are committed and shared.
 */
import { isRecord } from '../json';
import type { JsonValue } from '../skill/skill';
import type { ITrace, ITracedValue, ITraceNode } from './trace';

/** Stands where a secret stood. */
export const MASK = '[masked]';

/** Words of a name, split at case and punctuation, that make its value a secret. */
const SECRET_WORDS: ReadonlySet<string> = new Set([
  'password',
  'passwd',
  'passphrase',
  'pwd',
  'secret',
  'secrets',
  'token',
  'credential',
  'credentials',
  'authorization',
  'apikey',
  'cookie',
  'bearer'
]);

/** Pairs of words that do so together. */
const SECRET_PAIRS: ReadonlySet<string> = new Set([
  'api key',
  'access key',
  'private key',
  'secret key',
  'client key',
  'signing key',
  'encryption key',
  'auth key'
]);

/** Shapes of tokens, as those who give them out document them. */
export const TOKEN_SHAPES = [
  { kind: 'api-key', shape: /\bsk-[A-Za-z0-9_-]{16,}/g },
  { kind: 'github-token', shape: /\bgh[pousr]_[A-Za-z0-9]{20,}/g },
  { kind: 'github-token', shape: /\bgithub_pat_[A-Za-z0-9_]{20,}/g },
  { kind: 'gitlab-token', shape: /\bglpat-[A-Za-z0-9_-]{16,}/g },
  { kind: 'slack-token', shape: /\bxox[abeprs]-[A-Za-z0-9-]{10,}/g },
  { kind: 'aws-key', shape: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  { kind: 'google-key', shape: /\bAIza[A-Za-z0-9_-]{30,}/g },
  { kind: 'hugging-face-token', shape: /\bhf_[A-Za-z0-9]{20,}/g },
  { kind: 'npm-token', shape: /\bnpm_[A-Za-z0-9]{30,}/g },
  { kind: 'pypi-token', shape: /\bpypi-[A-Za-z0-9_-]{30,}/g },
  { kind: 'stripe-key', shape: /\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,}/g },
  {
    kind: 'web-token',
    shape: /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+/g
  },
  { kind: 'bearer-token', shape: /\bBearer\s+[A-Za-z0-9._~+/-]{12,}=*/gi },
  {
    kind: 'private-key',
    shape:
      /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g
  },
  // A password within an address: scheme://user:password@host.
  {
    kind: 'address-password',
    shape: /(?<=\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]+:)[^\s:/@]+(?=@)/gi
  }
] as const satisfies readonly { readonly kind: string; readonly shape: RegExp }[];

/** Whether a value of this name is secret, such as `api_key` or `githubToken`. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '');
  return words.some(
    (word, index) =>
      SECRET_WORDS.has(word) || SECRET_PAIRS.has(`${word} ${words[index + 1] ?? ''}`)
  );
}

/** A text without the tokens in it. */
export function maskText(text: string): string {
  return TOKEN_SHAPES.reduce((rest, { shape }) => rest.replace(shape, MASK), text);
}

/** Whether a secret was taken out of it, or out of a part: not what the run had. */
export function isMasked({ masked, value }: ITracedValue): boolean {
  return masked === true || (JSON.stringify(value) ?? '').includes(MASK);
}

/** A trace without secrets; what is masked keeps its type, and neither value nor hash. */
export function maskTrace(trace: ITrace): ITrace {
  return {
    ...trace,
    goal: maskText(trace.goal),
    nodes: trace.nodes.map((node): ITraceNode => {
      const { inputs, outputs, error } = node;
      return {
        ...node,
        inputs: maskValues(inputs),
        outputs: maskValues(outputs),
        ...(error && { error: { ...error, message: maskText(error.message) } })
      };
    })
  };
}

function maskValues(values: ITraceNode['inputs']): ITraceNode['inputs'] {
  return Object.fromEntries(
    Object.entries(values).map(([name, traced]) => [name, maskTraced(name, traced)])
  );
}

function maskTraced(name: string, traced: ITracedValue): ITracedValue {
  const { value, hash, length, shape, summary, ...rest } = traced;
  // Numbers and flags are no secrets: `max_tokens`, `use_token`.
  const isText = traced.type !== 'number' && traced.type !== 'integer';
  if (isSecretName(name) && isText && traced.type !== 'boolean') {
    return { ...rest, masked: true };
  }
  if (value === undefined) {
    return traced;
  }
  return {
    ...rest,
    value: maskValue(value),
    ...(hash !== undefined && { hash }),
    ...(length !== undefined && { length }),
    ...(shape !== undefined && { shape }),
    ...(summary !== undefined && { summary })
  };
}

function maskValue(value: JsonValue): JsonValue {
  if (typeof value === 'string') {
    return maskText(value);
  }
  if (Array.isArray(value)) {
    return (value as readonly JsonValue[]).map(maskValue);
  }
  if (isRecord(value)) {
    const entries = Object.entries(value as Readonly<Record<string, JsonValue>>);
    return Object.fromEntries(
      entries.map(([name, item]) => [
        name,
        isSecretName(name) && typeof item === 'string' ? MASK : maskValue(item)
      ])
    );
  }
  return value;
}
