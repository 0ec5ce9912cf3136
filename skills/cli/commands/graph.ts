import { buildGraph, isRecord, type ICellSource, type IGraph } from '@llmos-lab/skills';
import type { Command } from 'commander';
import { CommandFailure } from '../failure';
import { count, printJson, printLine } from '../output';
import { readNotebookFile } from '../notebookFile';

/** `llmos graph NOTEBOOK`. */
export function addGraphCommand(program: Command): void {
  program
    .command('graph')
    .description('Show which cells of a notebook need which, without running it.')
    .argument('<notebook>', 'path of an .ipynb file')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ llmos graph h2-vqe.ipynb --json')
    .action(graph);
}

async function graph(path: string, options: { json?: boolean }): Promise<void> {
  const result = buildGraph(await readCodeCells(path));
  if (options.json) {
    printJson(toRecord(result));
    return;
  }
  for (const { id, analysis, calls } of result.cells) {
    const skills = calls.map(call => call.skill).join(', ');
    const note = analysis.incomplete ? ' (some lines cannot be read)' : '';
    printLine(`${id}${skills === '' ? '' : `  ${skills}`}${note}`);
    printLine(`    defines ${analysis.defines.join(', ') || 'nothing'}`);
    for (const edge of result.edges.filter(({ to }) => to === id)) {
      const late = edge.late ? ', which stands below' : '';
      printLine(`    needs ${edge.name} of ${edge.from}${late}`);
    }
  }
  printLine(
    `${count(result.cells.length, 'cell')}, ${count(result.edges.length, 'edge')}.`
  );
}

function toRecord({ cells, edges }: IGraph): Record<string, unknown> {
  return {
    cells: cells.map(({ id, analysis, calls }) => ({
      id,
      defines: analysis.defines,
      uses: analysis.uses,
      mutates: analysis.mutates,
      ...(calls[0] ? { skill: calls[0].skill } : {}),
      ...(calls.length > 1 ? { skills: calls.map(call => call.skill) } : {}),
      ...(analysis.incomplete ? { incomplete: true } : {})
    })),
    edges: edges.map(({ from, name, to, late }) =>
      late ? [from, name, to, { late: true }] : [from, name, to]
    )
  };
}

/** The code cells of a notebook file; one without id goes by its index among all cells. */
async function readCodeCells(path: string): Promise<readonly ICellSource[]> {
  const cells = cellsOf(await readNotebookFile(path));
  if (!cells) {
    throw new CommandFailure(`${path} is no notebook: it has no list of cells.`);
  }
  return cells.flatMap((cell, index) => {
    if (!isRecord(cell) || cell['cell_type'] !== 'code') {
      return [];
    }
    const source = cell['source'] ?? cell['input'];
    const text = Array.isArray(source) ? source.join('') : source;
    const id = typeof cell['id'] === 'string' ? cell['id'] : String(index);
    return [{ id, source: typeof text === 'string' ? text : '' }];
  });
}

/** Notebooks before format 4 keep their cells in worksheets. */
function cellsOf(notebook: unknown): readonly unknown[] | null {
  if (!isRecord(notebook)) {
    return null;
  }
  const { cells, worksheets } = notebook;
  if (Array.isArray(cells)) {
    return cells as readonly unknown[];
  }
  return Array.isArray(worksheets)
    ? (worksheets as readonly unknown[]).flatMap(sheet =>
        isRecord(sheet) ? (cellsOf(sheet) ?? []) : []
      )
    : null;
}
