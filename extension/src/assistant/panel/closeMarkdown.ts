/** Where a text of several lines begins anew for emphasis: a paragraph, item or heading. */
const BEGINS = /^\s*(?:$|[-*+]\s|\d+[.)]\s|#{1,6}\s|>|\|)/;
/** A line under a text that would make a heading of it, and may become a list instead. */
const UNDERLINE = /\n\s*(?:-+|=+|[*+]|\d+[.)]?)\s*$/;
/** A link whose address has not come to its end. */
const OPEN_LINK = /!?\[([^[\]]*)\]\([^()\s]*$/;

/**
 * Markdown that is still being written, as it may be drawn already: emphasis and code that
 * are open are closed, and what cannot be told yet, such as half an address, is left out.
 *
 * @example closeMarkdown('Run **VQ') // 'Run **VQ**'
 */
export function closeMarkdown(markdown: string): string {
  const text = markdown.trimEnd().replace(UNDERLINE, '').replace(OPEN_LINK, '$1');
  const lines = text.split('\n');
  let start = lines.length - 1;
  while (start > 0 && !BEGINS.test(lines[start] ?? '')) {
    start -= 1;
  }
  const [mark = ''] = /^\s*(?:[-*+]|\d+[.)])\s+/.exec(lines[start] ?? '') ?? [];
  const last = lines.slice(start).join('\n');
  const closed = mark + closeMarks(last.slice(mark.length));
  return [...lines.slice(0, start), closed].join('\n');
}

function closeMarks(text: string): string {
  const open: { mark: string; end: number }[] = [];
  let at = 0;
  while (at < text.length) {
    const [run = text[at] ?? ''] =
      /^(?:\\.?|`+|\*{1,3}|_{1,3}|~~)/s.exec(text.slice(at)) ?? [];
    const end = at + run.length;
    if (run.startsWith('`')) {
      const close = endOfCode(text, end, run);
      if (close < 0) {
        const code = text.slice(end).trimEnd();
        // A code that has not begun is left out, with what it stands behind closed.
        return code === ''
          ? closeAll(text.slice(0, at), open)
          : closeAll(`${text}${text.endsWith('`') ? ' ' : ''}${run}`, open);
      }
      at = close;
      continue;
    }
    if (/^[*_~]/.test(run)) {
      takeMark(text, at, run, open);
    }
    at = end;
  }
  return closeAll(text, open);
}

/** Behind the end of a code that was opened with `run`; below 0 when there is none. */
function endOfCode(text: string, from: number, run: string): number {
  const close = new RegExp(`(?<!\`)${run}(?!\`)`, 'g');
  close.lastIndex = from;
  const found = close.exec(text);
  return found ? found.index + run.length : -1;
}

/** Opens or closes emphasis, as what stands beside the mark tells. */
function takeMark(
  text: string,
  at: number,
  run: string,
  open: { mark: string; end: number }[]
): void {
  const end = at + run.length;
  const before = text[at - 1] ?? ' ';
  const after = text[end] ?? '';
  const isWord = (letter: string): boolean => /[\p{L}\p{N}]/u.test(letter);
  const last = open.at(-1);
  const isInWord = run.startsWith('_') && isWord(before) && isWord(after);
  if (last?.mark === run && !/\s/.test(before) && !isInWord) {
    open.pop();
  } else if (!/\s/.test(after) && !(run.startsWith('_') && isWord(before))) {
    open.push({ mark: run, end });
  }
}

function closeAll(
  text: string,
  open: readonly { readonly mark: string; readonly end: number }[]
): string {
  let closed = text.trimEnd();
  for (const { mark, end } of [...open].reverse()) {
    closed =
      closed.length <= end
        ? closed.slice(0, end - mark.length).trimEnd()
        : closed + mark;
  }
  return closed;
}
