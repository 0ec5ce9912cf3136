/** What words of the application mean. */
import { definesByImport } from '../../workflow/analyse';
import type { IQuestion } from './question';
import { wordsOf } from './wanted';

const ASKS =
  /^\W*(?:(?:what(?:'s| is)|explain|define) (?:an?|the) (.+?)|what are (\w+)|what does it mean (?:if|when|that) (.+?)|what (?:does|do|is) (.+?) (?:mean|do|stand for))(?: here)?\W*$/i;
/** Words beside one of the application. */
const BESIDE: ReadonlySet<string> = new Set(
  'an the it is if when that this my button command status state word mark cell result'.split(
    ' '
  )
);

const CACHE =
  'A skill call with the same skill and the same inputs is answered from a cache in this browser instead of being computed anew. *Clear result cache…*, in the menu *Run*, empties it.';

const TERMS: ReadonlyMap<string, string> = new Map([
  [
    'skill',
    'A skill is a piece of work with inputs and outputs that a cell calls by its id: `h = await skill("quantum-hamiltonian")(bond_length=0.9)`. Some are guides without code. The Skills panel shows what each does, and *New skill…* there makes your own.'
  ],
  [
    'stale',
    'A cell is stale when something that it depends on has changed since it ran. *Run stale* (◐ in the toolbar) runs those cells and what they need, nothing else. *Which cells are stale?*, asked here, lists them.'
  ],
  [
    'run stale',
    '*Run stale* (◐ in the toolbar) runs the cells that are not up to date, and only those.'
  ],
  [
    'blocked',
    'A cell is blocked when the run left it out because something that it needs has failed. Mend that cell, then *Run stale*.'
  ],
  ['idle', 'A cell is idle when it has not run yet.'],
  ['cancelled', 'A cell is cancelled when the run was stopped before it had ended.'],
  ['cache', CACHE],
  ['cached', `A cell is cached when its result is from an earlier call. ${CACHE}`],
  [
    'session',
    'A session is a notebook with what belongs to it: its runs, its conversation with the assistant, and the pictures and files that it made. *Commit* keeps all of it in the history; the Sessions panel lists the sessions.'
  ],
  [
    'volume',
    'A volume is a Git repository in this browser that holds sessions and skills: yours, that of a team, and the library for everybody. The Sessions panel shows them, and connects them to a server.'
  ],
  [
    'commit',
    '*Commit* keeps the notebook in the history with its runs, this conversation and the files that it made. *History* at the session in the Sessions panel shows all commits, and brings each back.'
  ],
  [
    'sweep',
    'A sweep runs the call of a cell for many values of its inputs, and puts a table and a chart below. *Sweep an input…* is in the menu of the node in the graph.'
  ],
  [
    'graph',
    'The graph shows the code cells of the notebook as nodes, with a line from the cell that makes a value to each cell that uses it. It is at the right; *Graph of the notebook* in the command palette (Ctrl+Shift+C) opens it.'
  ]
]);

/** What a word of the application means; null for other questions. */
export function termText({ text, graph }: IQuestion): string | null {
  const asked = ASKS.exec(text)?.slice(1).find(Boolean) ?? '';
  const words = wordsOf(asked).filter(word => !BESIDE.has(word));
  const term = words.join(' ');
  // A variable of that name is meant before, `skill` as every notebook imports it is not.
  const isVariable = graph.cells.some(
    ({ analysis }) =>
      analysis.defines.includes(term) && !definesByImport(analysis, term)
  );
  return isVariable ? null : (TERMS.get(term) ?? null);
}
