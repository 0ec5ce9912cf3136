/** A piece of an answer that is drawn by itself. */
export type MarkdownBlock =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'code';
      readonly language: string;
      readonly code: string;
      /** False while its end has not come yet. */
      readonly isWhole: boolean;
    };

/** Letters from which on a list is cut before its next item: it would be drawn at once. */
const LONG_LIST = 3000;

const ITEM = /^(?:[-*+]|\d+[.)])\s/;
const FENCE = /^ {0,3}(`{3,}|~{3,})\s*([\w+-]*)[^`]*$/;

/**
 * Cuts Markdown at fenced blocks and at empty lines before something that begins anew, so
 * that a growing answer draws its last piece only. Lists and their indented parts stay
 * together, unless they are very long.
 */
export function splitMarkdown(markdown: string): readonly MarkdownBlock[] {
  const blocks: MarkdownBlock[] = [];
  let text: string[] = [];
  let letters = 0;
  let fence: { mark: string; language: string; lines: string[] } | null = null;
  const flush = (): void => {
    if (text.some(line => line.trim() !== '')) {
      blocks.push({ kind: 'text', text: text.join('\n').trimEnd() });
    }
    text = [];
    letters = 0;
  };
  const close = (isWhole: boolean): void => {
    if (fence) {
      const { language, lines } = fence;
      blocks.push({ kind: 'code', language, code: lines.join('\n'), isWhole });
      fence = null;
    }
  };
  for (const line of markdown.split('\n')) {
    const match = FENCE.exec(line);
    const mark = match?.[1] ?? '';
    if (fence) {
      const isEnd =
        mark.startsWith(fence.mark) && match?.[2] === '' && mark[0] === fence.mark[0];
      if (isEnd) {
        close(true);
      } else {
        fence.lines.push(line);
      }
    } else if (match) {
      flush();
      fence = { mark, language: (match[2] ?? '').toLowerCase(), lines: [] };
    } else {
      const isAnew = text.at(-1)?.trim() === '' && /^[^\s\-*+|\d>]/.test(line);
      if (isAnew || (letters > LONG_LIST && ITEM.test(line))) {
        flush();
      }
      text.push(line);
      letters += line.length;
    }
  }
  close(false);
  flush();
  return blocks;
}
