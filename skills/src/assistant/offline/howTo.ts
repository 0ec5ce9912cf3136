/** How things are done in the application, and what the library holds. */
import type { ISkill } from '../../skill/skill';

interface IHowTo {
  readonly test: RegExp;
  readonly text: string;
}

/** Asks for a way, not for a value; what follows names it. */
const HOW = /\b(?:how|where|can i|is there a way|way to)\b/i;

const WAYS: readonly IHowTo[] = [
  {
    test: /\bshar(?:e|ing)\b|\bsend\b.*\b(?:notebook|session)\b/i,
    text: '*Share session*, in the menu of the session in the Sessions panel, makes a zip or a link of the notebook with its results. It opens read-only in any browser with this site.'
  },
  {
    test: /\b(?:save|keep|commit)\b.*\b(?:work|notebook|session|version)\b/i,
    text: 'Ctrl+S saves the notebook in this browser. *Commit* in its toolbar keeps it in the history too, with its runs, this conversation and the files that it made; the Sessions panel shows that history.'
  },
  {
    test: /\bcompar\w+\b.*\b(?:runs?|results?|versions?|commits?)\b/i,
    text: '*Sweep an input…* (menu of the node in the graph) runs a call for several values and shows them side by side, as a table and a chart. To compare with an earlier state, commit before you change something: *Compare with last commit* then shows, cell by cell, what is different. *Show run traces* opens the records of all runs.'
  },
  {
    test: /\bsweep|\bscan\b.*\b(?:input|parameter)|\bseveral values\b/i,
    text: '*Sweep an input…* (menu of the node in the graph, or the command palette) runs the call of a cell for a range or a list of values, and puts a table and a chart below. Calls that use its result run for each value as well.'
  },
  {
    test: /\b(?:stop|interrupt|cancel|abort)\b.*\b(?:run|cell|running|it)\b/i,
    text: '*Stop* in the toolbar of the notebook ends what runs and takes back what waits. Results that are there stay.'
  },
  {
    test: /\b(?:undo|take back|revert|go back)\b/i,
    text: 'Ctrl+Z undoes edits in a cell, and in command mode (Esc first) edits of cells. *Undo turn* at an answer takes back what it changed. A commit is taken back in the history of the Sessions panel: *Restore session…* or *Roll back commit…*.'
  },
  {
    test: /\b(?:write|make|create|build|add|save)\b.*\b(?:own|new|my|a) skill\b/i,
    text: '*New skill…* in the Skills panel makes one in your volume and opens its file. *Save cell as skill…* makes one of the active cell, with inputs and outputs. What you run again and again is proposed as a skill in the Evolution panel.'
  },
  {
    test: /\bconnect\b.*\b(?:to|with|cells?|output|input)\b(?!.*\b(?:git|github|server)\b)/i,
    text: 'In the graph, drag from an output of a node to an input of another, or select the node and press C. In code, give the output as the argument: `hamiltonian=h.hamiltonian`.'
  },
  {
    test: /\b(?:upload|import|load|open)\b.*\b(?:data|files?|csv)\b/i,
    text: 'Drop the file into the file browser at the left, beside the notebook. Then Python reads it by its name, for example `pandas.read_csv("data.csv")`.'
  },
  {
    test: /\bexport\b.*\bnotebook\b|\bnotebook\b.*\bas (?:a )?(?:pdf|html|script)\b/i,
    text: '*Export workflow…* makes a Python script, a Mermaid chart or a picture of the notebook’s graph. The browser’s own Print makes a PDF, and *Download* (menu File) gives the notebook itself.'
  },
  {
    test: /\bchange\b.*\b(?:input|parameter|value)\b/i,
    text: 'Change it in the form above the cell, or in the call itself. What depends on it becomes stale; *Run stale* (◐ in the toolbar) runs just that.'
  }
];

/** How something is done; null for other questions. */
export function howTo(text: string): string | null {
  return HOW.test(text)
    ? (WAYS.find(({ test }) => test.test(text))?.text ?? null)
    : null;
}

const GREETS =
  /^\W*(?:hello|hi|hey|help|(?:what|how) can (?:you|i) (?:do|ask)\b.*|what do you do|who are you)\W*$/i;
const LISTS =
  /\b(?:what|which|list|show)\b(?: me)?(?: all)?(?: the)?\s*(\w+)?\s+skills\b\s*(?:exist|are there|do (?:you|i|we) have|are available|can i use|there are)?\W*$/i;

/** What the assistant does without a model, or the skills that there are; null for others. */
export function aboutLibrary(text: string, skills: readonly ISkill[]): string | null {
  if (GREETS.test(text)) {
    return 'Without a model I answer from the library and the notebook: which skills do something (*VQE for H2, plot the convergence*), what a cell does, why it is stale, what an error means, how long a cell took, what a value is. With a key for a model I can answer freely and work in the notebook.';
  }
  const [found, word = ''] = LISTS.exec(text) ?? [];
  return found === undefined ? null : listText(word.toLowerCase(), skills);
}

/** By category; of one category where a word names it. */
function listText(word: string, skills: readonly ISkill[]): string | null {
  const categories = [...new Set(skills.map(({ category }) => category))].sort();
  const isOne = categories.includes(word);
  if (!isOne && word !== '' && !/^(?:all|the|available|other|kind|of)$/.test(word)) {
    return null;
  }
  const shown = isOne ? [word] : categories;
  const parts = shown.map(category => {
    const lines = skills
      .filter(each => each.category === category)
      .map(({ name, id }) => `- **${name}** (\`${id}\`)`);
    return `*${category}*\n\n${lines.join('\n')}`;
  });
  return `${parts.join('\n\n')}\n\nThe Skills panel shows what each does, its inputs and its outputs.`;
}
