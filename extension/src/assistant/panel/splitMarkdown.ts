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

/** Markdown in its blocks, and what of it stays as it is while it grows. */
export interface ISplit {
  readonly markdown: string;
  readonly blocks: readonly MarkdownBlock[];
  /** So many blocks that stay, and the letters up to their end. */
  readonly settled: { readonly blocks: number; readonly letters: number };
}

/** No Markdown at all. */
export const NO_SPLIT: ISplit = {
  ...{ markdown: '', blocks: [], settled: { blocks: 0, letters: 0 } }
};

/**
 * Cuts Markdown at fenced blocks and at empty lines before something that begins anew, so
 * that a growing answer draws its last piece only. Lists and their indented parts stay
 * together, unless they are very long.
 */
export function splitMarkdown(markdown: string): readonly MarkdownBlock[] {
  return splitGrown(markdown, NO_SPLIT).blocks;
}

/**
 * Cuts Markdown that may be what was cut before with more behind it: then only what was
 * open is read again, and the blocks before it are the same.
 */
export function splitGrown(markdown: string, before: ISplit): ISplit {
  const { settled } = markdown.startsWith(before.markdown) ? before : NO_SPLIT;
  const rest = splitWhole(markdown.slice(settled.letters));
  return {
    markdown,
    blocks: [...before.blocks.slice(0, settled.blocks), ...rest.blocks],
    settled: {
      blocks: settled.blocks + rest.settled.blocks,
      letters: settled.letters + rest.settled.letters
    }
  };
}

function splitWhole(markdown: string): Omit<ISplit, 'markdown'> {
  const blocks: MarkdownBlock[] = [];
  let settled = NO_SPLIT.settled;
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
  let end = 0;
  for (const line of markdown.split('\n')) {
    const start = end;
    end = start + line.length + 1;
    /** Nothing that comes changes the blocks so far; the last line may still grow. */
    const settle = (at: number): void => {
      if (end <= markdown.length) {
        settled = { blocks: blocks.length, letters: at };
      }
    };
    const match = FENCE.exec(line);
    const mark = match?.[1] ?? '';
    if (fence) {
      const isEnd =
        mark.startsWith(fence.mark) && match?.[2] === '' && mark[0] === fence.mark[0];
      if (isEnd) {
        close(true);
        settle(end);
      } else {
        fence.lines.push(line);
      }
    } else if (match) {
      flush();
      settle(start);
      fence = { mark, language: (match[2] ?? '').toLowerCase(), lines: [] };
    } else {
      const isAnew = text.at(-1)?.trim() === '' && /^[^\s\-*+|\d>]/.test(line);
      if (isAnew || (letters > LONG_LIST && ITEM.test(line))) {
        flush();
        settle(start);
      }
      text.push(line);
      letters += line.length;
    }
  }
  close(false);
  flush();
  return { blocks, settled };
}
