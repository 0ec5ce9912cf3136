import type {
  ITextPart,
  IToolPart,
  IThinkingPart,
  MessagePart
} from '@llmos-lab/skills';

import type { IPanelMessage } from './answers';
import { NO_SPLIT, splitGrown, type MarkdownBlock } from './splitMarkdown';

/** Blocks of one row at most: what is drawn anew when a row comes into sight. */
const MOST_BLOCKS = 8;
/** Letters in a row from which on the next block begins another one. */
const MOST_LETTERS = 3000;

/** A text, a thought or a tool call in one row; the text already cut into blocks. */
export type RowPart =
  | IToolPart
  | IThinkingPart
  | { readonly kind: 'text'; readonly blocks: readonly MarkdownBlock[] };

/**
 * What the list draws at once: a message, or a stretch of a long one. A row never changes
 * once there is one behind it, so that what was drawn of a growing answer stays as it is.
 */
export interface IRow {
  /** The same for as long as the message is there. */
  readonly key: string;
  /** Id of its message. */
  readonly message: string;
  readonly parts: readonly RowPart[];
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** The rows of a message; those of one that is kept are cut once. */
export function rowsOf(message: IPanelMessage): readonly IRow[] {
  const known = rowsByMessage.get(message);
  if (known) {
    return known;
  }
  const { id, role, content } = message;
  const parts = message.parts ?? [{ kind: 'text', text: content }];
  // A question stands as it was typed.
  const rows = cutRows(id, role === 'user' ? [] : parts);
  rowsByMessage.set(message, rows);
  return rows;
}

/** Rows of an answer, as far as it is. */
export function cutRows(id: string, parts: readonly MessagePart[]): readonly IRow[] {
  const rows: RowPart[][] = [[]];
  let blocks = 0;
  let letters = 0;
  for (const part of parts) {
    const pieces = part.kind === 'text' ? blocksOf(part) : [part];
    let open: MarkdownBlock[] | null = null;
    for (const piece of pieces) {
      if (blocks >= MOST_BLOCKS || letters >= MOST_LETTERS) {
        rows.push([]);
        blocks = 0;
        letters = 0;
        open = null;
      }
      const row = rows.at(-1) ?? [];
      if (piece.kind === 'tool' || piece.kind === 'thinking') {
        row.push(piece);
      } else {
        if (!open) {
          open = [];
          row.push({ kind: 'text', blocks: open });
        }
        open.push(piece);
        letters += piece.kind === 'code' ? piece.code.length : piece.text.length;
      }
      blocks++;
    }
  }
  return rows.map((row, at) => ({
    ...{ key: at === 0 ? id : `${id}/${at}`, message: id, parts: row },
    ...{ isFirst: at === 0, isLast: at === rows.length - 1 }
  }));
}

function blocksOf(part: ITextPart): readonly MarkdownBlock[] {
  const known = blocksByPart.get(part);
  if (known) {
    return known;
  }
  // A growing text is another part each time, and begins as the one before.
  latest = splitGrown(part.text, latest);
  blocksByPart.set(part, latest.blocks);
  return latest.blocks;
}

/** The text that was cut last. */
let latest = NO_SPLIT;
const rowsByMessage = new WeakMap<IPanelMessage, readonly IRow[]>();
const blocksByPart = new WeakMap<ITextPart, readonly MarkdownBlock[]>();
