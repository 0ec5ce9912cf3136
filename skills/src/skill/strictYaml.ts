import { isAlias, isCollection, isScalar, parseDocument, visit } from 'yaml';
import { YAML_OPTIONS } from './frontMatter';

/**
 * YAML that strictyaml reads, on which the reference validator of Agent Skills stands: no
 * flow style, anchors or tags, every value text.
 */

const PLAIN_WORDS = /^[\p{L}\p{N}](?:[\p{L}\p{N} _./()+,;'-]*[\p{L}\p{N}_./()+'])?$/u;
const NOT_TEXT = /^(?:true|false|yes|no|on|off|null|~|[-+.\d][\d_.:eE+-]*)$/i;

/** A text on one line, in quotes unless every reader takes it for text. */
export function strictText(text: string): string {
  const plain =
    PLAIN_WORDS.test(text) &&
    !NOT_TEXT.test(text) &&
    !text.includes('---') &&
    !/\s{2}/.test(text);
  return plain ? text : quotedText(text);
}

/** JSON's quoting, without `---`, at which the reference reader would cut. */
function quotedText(text: string): string {
  return JSON.stringify(text)
    .replace(
      /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
      unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
    )
    .replace(/-(?=--)/g, '\\x2d');
}

/** Lines that a literal block gives back as they are: no odd character, one end. */
const BLOCK =
  // eslint-disable-next-line no-control-regex -- these are what YAML cannot print
  /^(?![ \t])[^\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]*\S\n$/;

/**
 * A text as the value behind `key:`; of several lines as a literal block, which a person
 * can read, two levels deep.
 */
export function strictBlock(text: string): string {
  const readable = BLOCK.test(text) && !text.includes('---');
  if (!readable) {
    return ` ${strictText(text)}`;
  }
  const lines = text.slice(0, -1).split('\n');
  return ` |\n${lines.map(line => (line === '' ? '' : `    ${line}`)).join('\n')}`;
}

/** No flow style, anchors, tags or aliases: what the reference reader refuses. */
export function isBlockYaml(yaml: string): boolean {
  let isPlain = true;
  visit(parseDocument(yaml, YAML_OPTIONS), (_, node) => {
    const odd =
      isAlias(node) ||
      (isCollection(node) && (node.flow === true || node.items.length === 0)) ||
      ((isCollection(node) || isScalar(node)) &&
        (node.anchor !== undefined || node.tag !== undefined));
    isPlain &&= !odd;
  });
  return isPlain;
}
