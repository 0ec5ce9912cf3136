/** Whether a question is in the language that is read without a model. */

/** Frequent words of other languages, none of which English or Python has. */
const FOREIGN: ReadonlySet<string> = new Set(
  (
    'aber auf bitte das dem eine einen für ich ist kann mein meine nicht oder und warum welche wie zeichne zeige ' +
    'como cómo cuál cuáles dibuja dónde está este gracias hacer muestra por puedo qué quiero una ' +
    'affiche avec cette dans dessine où pourquoi puis quel quelle quelles sont une ' +
    'della gli nel perché posso quale sono faço não quais são você'
  ).split(' ')
);

/** Whether a text is in another language, by its letters or its frequent words. */
export function isForeign(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  const read = text.match(/[\p{Script=Latin}\p{Script=Greek}]/gu) ?? [];
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  return read.length < letters.length / 2 || words.some(word => FOREIGN.has(word));
}
