/** Colours that questions name: values of inputs, as quantities are. */

/** Those that people name most, as CSS has them too. */
const COLOURS: ReadonlySet<string> = new Set(
  'black blue brown gray green grey orange pink purple red white yellow'.split(' ')
);

/** Whether a word is a colour. */
export function isColour(word: string): boolean {
  return COLOURS.has(word.toLowerCase());
}

/** The colour that a text names; undefined for none, and for several. */
export function colourIn(text: string): string | undefined {
  const named = new Set(
    text
      .toLowerCase()
      .split(/[^a-z]+/)
      .filter(isColour)
  );
  return named.size === 1 ? [...named][0] : undefined;
}
