/** Where the files are that cells write or read. */
import { isPythonCell } from '../../workflow/analyse';
import { textOf } from '../../workflow/calls';
import type { IGraphCell } from '../../workflow/graph';
import type { ICall } from '../../workflow/python/ast';
import { parsePython } from '../../workflow/python/parse';
import { walkTree, type TreeNode } from '../../workflow/python/tree';
import { cellName } from './cells';
import { whyUnknown, type IQuestion, type ITold } from './question';
import { givenResults, seenOf } from './results';

const ASKS =
  /^\W*(?:where (?:is|are|did|can i find|do i find)|(?:how|where) (?:do|can|should) i (?:open|find|read|see|get|download)) (?:the|my|that|this) (?:(?:exported|written|saved|new|results?|data|output) )*(?:(csv|json|npy|png|txt)(?: files?)?|files?|export)(?: go)?(?:,? (?:and|or) .*)?\W*$/i;
/** The same of files that cells write, as it calls them. */
const ASKS_WRITTEN = /\b(?:exported|export|written|saved|results?|output)\b/i;
/** A text of code that is the name of a file, as far as its letters say. */
const NAME = /^[\p{L}\p{N}_./~ -]*[\p{L}\p{N}_-]\.(?:csv|json|npy|png|txt)$/iu;
/** Functions that are given the name of a file, by what they do with it. */
const WRITES = /^(?:to_|write|save|imsave|imwrite)/;
const READS = /^(?:read|load|genfromtxt|fromfile|imread|Image$)/;

/** How Python reads a file, by its ending. */
const READ_BY: Readonly<Record<string, (name: string) => string>> = {
  csv: name => `pandas.read_csv("${name}")`,
  json: name => `json.load(open("${name}"))`,
  npy: name => `numpy.load("${name}")`,
  png: name => `IPython.display.Image("${name}")`,
  txt: name => `open("${name}").read()`
};

/** Kinds of files that *Export Results* writes. */
const EXPORTED = ['csv', 'json', 'png'];

interface IFile {
  /** Null where the kernel does not say it. */
  readonly name: string | null;
  readonly cell: IGraphCell;
  readonly target: string;
  /** What the cell does with it, as far as its code says. */
  readonly verb: 'writes' | 'reads' | 'names';
}

/** Where the file is that a question is about, and how it is opened; null for others. */
export function explainFile(question: IQuestion): ITold | null {
  const match = ASKS.exec(question.text);
  if (!match || !question.hasNotebook) {
    return null;
  }
  const ending = match[1]?.toLowerCase();
  const isWritten = ASKS_WRITTEN.test(question.text);
  const found = [...namedIn(question), ...writtenBy(question)].filter(
    ({ name, verb }) =>
      (name === null || ending === undefined || endingOf(name) === ending) &&
      !(isWritten && verb === 'reads')
  );
  const files = [
    ...new Map(found.map(file => [file.name ?? file.target, file])).values()
  ];
  if (files.length === 0) {
    return ending === undefined ? null : { markdown: noneText(ending), cells: [] };
  }
  const here = files.filter(isHere);
  const others = files.filter(file => !isHere(file));
  const linesOf = (some: readonly IFile[]): string =>
    some.map(file => fileLine(file, question)).join('\n');
  const ids = new Set(files.map(({ cell }) => cell.id));
  return {
    markdown: [
      ...(here.length > 0
        ? [`In the folder of this notebook, once its cell has run:\n\n${linesOf(here)}`]
        : []),
      ...(others.length > 0
        ? [
            `${here.length > 0 ? 'Other files' : 'Files'} that cells name:\n\n${linesOf(others)}`
          ]
        : []),
      'The file browser at the left shows the folder of this notebook: a double click opens a file, *Download* in its menu saves it on your computer.'
    ].join('\n\n'),
    cells: question.cells.filter(({ id }) => ids.has(id))
  };
}

function noneText(ending: string): string {
  const read = READ_BY[ending]?.(`name.${ending}`);
  const none = `No cell of this notebook names a ${ending} file. Python reads one that is in the folder of the notebook with \`${read}\`.`;
  return EXPORTED.includes(ending)
    ? `${none} *Save my results to a ${ending.toUpperCase()} file*, asked here, gives a cell that writes one there.`
    : none;
}

/** The files of skills that give the names of what they write. */
function writtenBy(question: IQuestion): readonly IFile[] {
  return givenResults(question)
    .filter(({ output }) => output.name === 'filename')
    .map(({ cell, call: { target } }) => {
      const shown = seenOf(target ?? '', 'filename', question)?.value;
      const name = /^'([^']+)'$/.exec(shown ?? '')?.[1] ?? null;
      return { name, cell, target: target ?? '', verb: 'writes' };
    });
}

/** The files that code names itself, with what the call does that is given the name. */
function namedIn({ graph }: IQuestion): readonly IFile[] {
  return graph.cells.flatMap(cell => {
    const files: IFile[] = [];
    const methods = new Map<TreeNode, string>();
    const isPython = isPythonCell(cell.source);
    walkTree(isPython ? parsePython(cell.source).statements : [], (node, parent) => {
      if (node.kind === 'Attribute') {
        methods.set(node.value, node.attribute);
      }
      const name = textOf(node);
      const verb =
        parent?.kind === 'Call' ? verbOf(parent, methods.get(parent)) : 'names';
      // With a space it may as well be a sentence: "Saved as a.csv".
      const isName = verb !== 'names' || name?.includes(' ') === false;
      if (name !== null && NAME.test(name) && isName) {
        files.push({ name, cell, verb, target: '' });
      }
      return true;
    });
    return files;
  });
}

/** @param method what is called of its value, as of a `Path` */
function verbOf({ callee, arguments: given }: ICall, method = ''): IFile['verb'] {
  const called =
    callee.kind === 'Attribute'
      ? callee.attribute
      : callee.kind === 'Name'
        ? callee.id
        : '';
  if (called === 'open') {
    const mode = given.find(each => each.name === 'mode') ?? given[1];
    const isWriting = mode !== undefined && /[wax+]/.test(textOf(mode.value) ?? '');
    return isWriting ? 'writes' : 'reads';
  }
  const name = called === 'Path' ? method : called;
  return WRITES.test(name) ? 'writes' : READS.test(name) ? 'reads' : 'names';
}

/** Whether it comes into the folder of the notebook. */
function isHere({ name, verb }: IFile): boolean {
  return verb === 'writes' && name?.includes('/') !== true;
}

function fileLine(file: IFile, question: IQuestion): string {
  const { name, cell, target, verb } = file;
  const where = `the cell ${cellName(question.graph, cell.id)}`;
  if (name === null) {
    return `- A file of ${where}, whose name (\`${target}.filename\`) is not known: ${whyUnknown(target, question)}`;
  }
  const what = isHere(file) ? `of ${where}` : `which ${where} ${verb}`;
  const read = verb === 'reads' ? undefined : READ_BY[endingOf(name)]?.(name);
  return `- \`${name}\`, ${what}${read === undefined ? '' : `; Python reads it with \`${read}\``}`;
}

function endingOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase();
}
