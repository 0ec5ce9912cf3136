/** Text whose last line, if it has any, is ended: what is added to it begins a new one. */
export function endLine(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
