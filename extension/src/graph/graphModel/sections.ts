import type { INotebookCell, ISection } from './view';

/** The sections that the headings of a notebook's Markdown cells make, in order. */
export function findSections(cells: readonly INotebookCell[]): ISection[] {
  const sections: (ISection & { readonly cells: string[] })[] = [];
  for (const cell of cells) {
    if (cell.kind === 'markdown') {
      readHeadings(cell.source).forEach(({ title, level }, at) => {
        const id = at === 0 ? cell.id : `${cell.id}:${at}`;
        // A cell keeps one place only: that of its first heading.
        const position = at === 0 ? cell.position : null;
        sections.push({ id, cell: cell.id, title, level, cells: [], position });
      });
    } else if (cell.kind === 'code' && cell.source.trim() !== '') {
      sections[sections.length - 1]?.cells.push(cell.id);
    }
  }
  return sections;
}

interface IHeading {
  readonly title: string;
  readonly level: number;
}

/** Headings of a Markdown text that start with `#`, those in fenced blocks left out. */
function readHeadings(source: string): IHeading[] {
  const headings: IHeading[] = [];
  let fence: string | null = null;
  for (const line of source.split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark !== undefined) {
      fence = fence === null ? mark : mark.startsWith(fence) ? null : fence;
    } else if (fence === null) {
      const [, marks, text] = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/.exec(line) ?? [];
      const title = plainText(text ?? '');
      if (marks !== undefined && title !== '') {
        headings.push({ title, level: marks.length });
      }
    }
  }
  return headings;
}

/** Text of a line of Markdown without the marks of links, code and emphasis. */
function plainText(text: string): string {
  return text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '')
    .trim();
}
