import { endLine } from '../endLine';
import { FENCE_LANGUAGES, findCode, findFences } from './code';
import { readFrontMatter } from './frontMatter';
import { createReport } from './problems';
import { toType } from './runtimeKeys';
import type { JsonValue } from './skill';
import { splitSkill } from './split';

/** Where front matter and body stand. Throws when there is no front matter. */
export function partsOf(text: string): NonNullable<ReturnType<typeof splitSkill>> {
  const parts = splitSkill(text, createReport(''));
  if (!parts) {
    throw new Error('The skill file has no front matter that could be edited.');
  }
  return parts;
}

/** The front matter as plain data, keys in their order. Throws when it is malformed. */
export function dataOf(yaml: string): Readonly<Record<string, JsonValue>> {
  const front = readFrontMatter(yaml, 1, createReport(''));
  if (!front) {
    throw new Error(
      'The front matter of the skill file cannot be read, so not edited.'
    );
  }
  return front.value as Readonly<Record<string, JsonValue>>;
}

/** The front matter of a skill file; null where it has none that can be read. */
export function frontMatterOf(
  text: string
): Readonly<Record<string, JsonValue>> | null {
  try {
    const { frontStart, frontEnd } = partsOf(text);
    return dataOf(text.slice(frontStart, frontEnd));
  } catch {
    // `parseSkill` tells of it.
    return null;
  }
}

/**
 * Puts other code into a skill file's block, or adds a block when there is none. The fence
 * grows when the code holds a line that would close it.
 */
export function editCode(text: string, code: string): string {
  const { bodyStart, bodyLine, eol, frontStart, frontEnd } = partsOf(text);
  const data = dataOf(text.slice(frontStart, frontEnd));
  const body = text.slice(bodyStart);
  const word = data['type'] ?? data['language'];
  const named = typeof word === 'string' ? toType(word.trim()) : undefined;
  const type = named === undefined || named === 'context' ? null : named;
  const fence = type === null ? findFences(body)[0] : findCode(body, bodyLine, type);
  const content = endLine(code);
  if (fence?.code === content) {
    return text;
  }
  const lines = content.replace(/\r?\n/g, eol);
  const mark = fenceFor(content);
  if (!fence) {
    const gap = body === '' || body.endsWith('\n') ? '' : eol;
    const language = type === null ? '' : (FENCE_LANGUAGES[type][0] ?? '');
    return `${text}${gap}${eol}${mark}${language}${eol}${lines}${mark}${eol}`;
  }
  const opening = body.lastIndexOf('\n', fence.start - 2) + 1;
  const head = body.slice(opening, fence.start);
  const indent = /^ */.exec(head)?.[0] ?? '';
  const old = /[`~]+/.exec(head)?.[0] ?? mark;
  const indented = indent === '' ? lines : lines.replace(/^(?=.)/gm, indent);
  const clash = new RegExp(`^ {0,3}${old[0]}{${old.length},}[ \\t]*$`, 'm').test(
    content
  );
  const tail = body.slice(fence.end);
  if (!clash) {
    return text.slice(0, bodyStart) + body.slice(0, fence.start) + indented + tail;
  }
  const longer = head.replace(old, mark);
  const closing = tail.replace(/^( *)[`~]+/, `$1${mark}`);
  return (
    text.slice(0, bodyStart) + body.slice(0, opening) + longer + indented + closing
  );
}

/** A tilde fence that no line of the code closes. */
function fenceFor(code: string): string {
  const longest = [...code.matchAll(/^ {0,3}(~{3,})/gm)].reduce(
    (most, match) => Math.max(most, (match[1] ?? '').length),
    2
  );
  return '~'.repeat(longest + 1);
}
