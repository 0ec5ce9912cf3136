import type { ILocated } from './frontMatter';
import type { IReport } from './problems';
import type { JsonValue } from './skill';

type Entries = ReadonlyMap<string, ILocated>;

/** What a value is, in the words of the front matter's readers. */
export function kindOf(value: JsonValue | undefined): string {
  if (value === null || value === undefined) {
    return 'nothing';
  }
  if (Array.isArray(value)) {
    return 'a list';
  }
  if (typeof value === 'string') {
    return 'text';
  }
  if (typeof value === 'number') {
    return `the number ${value}`;
  }
  return typeof value === 'boolean' ? String(value) : 'a mapping';
}

/** Text of a key; undefined when it is absent or empty. Numbers are read as text. */
export function readText(
  entries: Entries,
  key: string,
  report: IReport
): string | undefined {
  const field = entries.get(key);
  if (!field || field.value === null) {
    return undefined;
  }
  if (typeof field.value === 'number') {
    return String(field.value);
  }
  if (typeof field.value !== 'string') {
    report.add(
      'wrong-kind',
      field.line,
      `"${key}" is ${kindOf(field.value)}.`,
      `Write text: "${key}: some words", in quotes when needed.`
    );
    return undefined;
  }
  const text = field.value.trim();
  return text === '' ? undefined : text;
}

/** A key that is true or false. */
export function readFlag(
  entries: Entries,
  key: string,
  report: IReport
): boolean | undefined {
  const field = entries.get(key);
  if (!field || field.value === null) {
    return undefined;
  }
  if (typeof field.value !== 'boolean') {
    report.add(
      'wrong-kind',
      field.line,
      `"${key}" is ${kindOf(field.value)}.`,
      `Write "${key}: true" or "${key}: false".`
    );
    return undefined;
  }
  return field.value;
}

/** A list of words; one text with commas is read as such a list too. */
export function readWords(
  entries: Entries,
  key: string,
  report: IReport
): readonly string[] {
  const field = entries.get(key);
  if (!field || field.value === null) {
    return [];
  }
  if (typeof field.value === 'string') {
    return field.value
      .split(',')
      .map(word => word.trim())
      .filter(word => word !== '');
  }
  const words: string[] = [];
  for (const item of field.items ?? []) {
    if (typeof item.value === 'string' || typeof item.value === 'number') {
      words.push(String(item.value).trim());
    } else {
      report.add(
        'wrong-kind',
        item.line,
        `"${key}" holds ${kindOf(item.value)}.`,
        `Write words only: "${key}: [one, two]".`
      );
    }
  }
  if (!field.items) {
    report.add(
      'wrong-kind',
      field.line,
      `"${key}" is ${kindOf(field.value)}.`,
      `Write a list: "${key}: [one, two]".`
    );
  }
  return words.filter(word => word !== '');
}
