/**
 * What Pyodide has made of Python's dicts and lists, as JSON has it. Python's `None` comes
 * as `undefined`, which messages would lose: a chart's `"title": None` asks for no title,
 * where no word of it asks for one.
 */
export function fromPython(value: unknown): unknown {
  if (value === undefined) {
    return null;
  }
  if (Array.isArray(value)) {
    return value.map(fromPython);
  }
  return value instanceof Map
    ? Object.fromEntries(
        Array.from(value, ([key, item]) => [String(key), fromPython(item)])
      )
    : value;
}
