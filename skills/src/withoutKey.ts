import type { JsonValue } from './skill/skill';

/** What stands in the place of a key. */
const HIDDEN = '[key]';
/** Shorter ones are words that servers which want no key are given, and no secrets. */
const SHORTEST = 8;

/**
 * Takes a key out of texts, and out of all texts in data. Servers quote what they were
 * sent, and what they say is kept in conversations, which are committed and shared.
 */
export function withoutKey(key: string): <T extends JsonValue>(value: T) => T {
  const forms = keyForms(key);
  const hideText = (text: string): string =>
    forms.reduce((rest, form) => rest.replaceAll(form, HIDDEN), text);
  const hide = (value: JsonValue): JsonValue => {
    if (typeof value === 'string') {
      return hideText(value);
    }
    if (Array.isArray(value)) {
      return (value as readonly JsonValue[]).map(hide);
    }
    if (value === null || typeof value !== 'object') {
      return value;
    }
    const hidden: Record<string, JsonValue> = {};
    for (const [name, each] of Object.entries(value as object)) {
      hidden[hideText(name)] = hide(each as JsonValue);
    }
    return hidden;
  };
  return value => (forms.length === 0 ? value : (hide(value) as typeof value));
}

/** How many letters at the end of a text may be the beginning of a key. */
export function keyBegun(key: string, text: string): number {
  const begun = keyForms(key).map(form => {
    let length = Math.min(form.length - 1, text.length);
    while (length > 0 && !text.endsWith(form.slice(0, length))) {
      length--;
    }
    return length;
  });
  return Math.max(0, ...begun);
}

/** A key as it is, in an address, and in JSON. */
function keyForms(key: string): readonly string[] {
  const forms = [key, encodeURIComponent(key), JSON.stringify(key).slice(1, -1)];
  return key.length < SHORTEST ? [] : [...new Set(forms)];
}
