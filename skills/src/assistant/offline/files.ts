/** Where the files are that cells write or read. */
import type { IGraphCell } from '../../workflow/graph';
import { cellName } from './cells';
import { whyUnknown, type IQuestion, type ITold } from './question';
import { givenResults, seenOf } from './results';

const ASKS =
  /^\W*(?:where (?:is|are|did|can i find|do i find)|(?:how|where) (?:do|can|should) i (?:open|find|read|see|get|download)) (?:the|my|that|this) (?:(?:exported|written|saved|new|results?|data|output) )*(?:(csv|json|npy|png|txt)(?: files?)?|files?|export)(?: go)?(?:,? (?:and|or) .*)?\W*$/i;
/** A name of a file as code writes it. */
const NAME = /(["'])([\w./-]+\.(?:csv|json|npy|png|txt))\1/g;

/** How Python reads a file, by its ending. */
const READS: Readonly<Record<string, (name: string) => string>> = {
  csv: name => `pandas.read_csv("${name}")`,
  json: name => `json.load(open("${name}"))`,
  npy: name => `numpy.load("${name}")`,
  png: name => `IPython.display.Image("${name}")`,
  txt: name => `open("${name}").read()`
};

const NONE =
  'No cell of this notebook names a file of that kind. *Save my results to a CSV file*, asked here, gives a cell that writes one into the folder of the notebook.';

interface IFile {
  /** Null where the kernel does not say it. */
  readonly name: string | null;
  readonly cell: IGraphCell;
  readonly target: string;
}

/** Where the file is that a question is about, and how it is opened; null for others. */
export function explainFile(question: IQuestion): ITold | null {
  const match = ASKS.exec(question.text);
  const ending = match?.[1]?.toLowerCase();
  const found = (match ? [...writtenBy(question), ...namedIn(question)] : []).filter(
    ({ name }) => name === null || ending === undefined || endingOf(name) === ending
  );
  const files = [
    ...new Map(found.map(file => [file.name ?? file.target, file])).values()
  ];
  if (files.length === 0) {
    return ending !== undefined && question.hasNotebook
      ? { markdown: NONE, cells: [] }
      : null;
  }
  const ids = new Set(files.map(({ cell }) => cell.id));
  return {
    markdown: [
      'In the folder of this notebook, once its cell has run:',
      files.map(file => fileLine(file, question)).join('\n'),
      'The file browser at the left shows that folder: a double click opens a file, *Download* in its menu saves it on your computer.'
    ].join('\n\n'),
    cells: question.cells.filter(({ id }) => ids.has(id))
  };
}

/** The files of skills that give the names of what they write. */
function writtenBy(question: IQuestion): readonly IFile[] {
  return givenResults(question)
    .filter(({ output }) => output.name === 'filename')
    .map(({ cell, call: { target } }) => {
      const shown = seenOf(target ?? '', 'filename', question)?.value;
      const name = /^'([^']+)'$/.exec(shown ?? '')?.[1] ?? null;
      return { name, cell, target: target ?? '' };
    });
}

/** The files that code names itself. */
function namedIn({ graph }: IQuestion): readonly IFile[] {
  return graph.cells.flatMap(cell =>
    [...cell.source.matchAll(NAME)].map(([, , name = '']) => ({
      ...{ name, cell, target: '' }
    }))
  );
}

function fileLine({ name, cell, target }: IFile, question: IQuestion): string {
  const where = `of the cell ${cellName(question.graph, cell.id)}`;
  if (name === null) {
    return `- A file ${where}, whose name (\`${target}.filename\`) is not known: ${whyUnknown(target, question)}`;
  }
  const read = READS[endingOf(name)]?.(name);
  return `- \`${name}\`, ${where}${read === undefined ? '' : `; Python reads it with \`${read}\``}`;
}

function endingOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase();
}
