/**
 * Control characters, those that turn the direction of text, and line ends that look like none;
 * plain line ends and tabs apart. `kernel/py/llmos/run/say.py` has the same.
 */
const UNTAMED = /(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/**
 * A text as it does nothing to a terminal: titles, names and messages come from files of
 * anybody. What would act is written out, as `\x1b`.
 */
export function tame(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(UNTAMED, character => {
    const code = character.charCodeAt(0).toString(16);
    return code.length > 2
      ? `\\u${code.padStart(4, '0')}`
      : `\\x${code.padStart(2, '0')}`;
  });
}

/** JSON that is as tame, and says the same. */
export function tameJson(json: string): string {
  return json.replace(
    UNTAMED,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  );
}
