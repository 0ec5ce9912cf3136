/** How things are done in the application, and what the library holds. */
import type { ISkill } from '../../skill/skill';
import { plain } from './texts';
import { ordered, topicText } from './topics';
import { wordsOf } from './wanted';

interface IHowTo {
  /** What is to be done with a thing of the application, and no word more. */
  readonly doing: string;
  readonly text: string;
}

/** Asks how something is done; what comes after it is that. */
const HOW =
  /^\W*(?:(?:how|where) (?:do|can|should) (?:i|we)|how to|can i|is there a way to) (.+?)(?:,? please)?\W*$/i;
const MY =
  '(?:(?:this|that|the|these|my|own|new|a|an|another|two|several|some|all|different) )*';
const NODES = `${MY}(?:cell|node|skill|call)s?`;

const OFFLINE =
  '(?:offline|(?:without|with no) (?:(?:the|an?) )?(?:internet|network)(?: connection)?)';
const OFFLINE_TEXT =
  'After the first cell has run, the browser keeps the whole site (a setting switches it off): it opens and computes without a network then. *Keep for use without a network*, in the menu *Help*, does it at once. A model and a Git server need a connection.';

const WAYS: readonly IHowTo[] = [
  {
    doing: `share(?: (?:it|this|${MY}(?:notebook|session|work|results?)))?(?: with .+)?|send ${MY}(?:notebook|session)(?: to .+)?`,
    text: '*Share as a zip* and *Share as a link*, in the menu of the session in the Sessions panel, make a copy of the notebook with its results. It opens read-only in any browser with this site.'
  },
  {
    doing: `(?:save|commit)(?: (?:it|this))?|(?:save|keep|commit) (?:${MY}(?:version|copy) of )?${MY}(?:work|notebook|session|version|changes?)`,
    text: 'Ctrl+S saves the notebook in this browser. *Commit* in its toolbar keeps it in the history too, with its runs, this conversation and the files that it made; the Sessions panel shows that history.'
  },
  {
    doing: `compare ${MY}(?:results? of )?${MY}(?:run|result|version|commit)s?`,
    text: '*Sweep an input…* (menu of the node in the graph) runs a call for several values and shows them side by side, as a table and a chart. To compare with an earlier state, commit before you change something: *Compare with last commit* then shows, cell by cell, what is different. *Show run traces* opens the records of all runs.'
  },
  {
    doing: `sweep|(?:sweep|scan|vary) (?:over )?${MY}(?:input|parameter|value)s?|(?:run|do|make|start) ${MY}(?:(?:input|parameter) )?(?:sweep|scan)s?|run (?:it|${NODES}) (?:for|with) ${MY}values`,
    text: '*Sweep an input…* (menu of the node in the graph, or the command palette) runs the call of a cell for a range or a list of values, and puts a table and a chart below. Calls that use its result run for each value as well.'
  },
  {
    doing: `(?:stop|interrupt|cancel|abort)(?: ${MY}(?:running )?(?:runs?|cells?|notebook|kernel|it))?`,
    text: '*Stop* in the toolbar of the notebook ends what runs and takes back what waits. Results that are there stay.'
  },
  {
    doing: `(?:undo|take back|revert|go back)(?: ${MY}(?:last )?(?:it|that|turns?|changes?|edits?|commits?))?`,
    text: 'Ctrl+Z undoes edits in a cell, Ctrl+Z in the graph its last edit, and Z in command mode (Esc first) the last edit of cells, such as one that was deleted. *Undo turn* at an answer takes back what it changed. A commit is taken back in the history of the Sessions panel: *Restore session…* or *Roll back commit…*.'
  },
  {
    doing: `(?:write|make|create|build|add) ${MY}skills?(?: (?:from|out of) ${MY}cells?)?|(?:save|make|turn) ${MY}cell (?:as|into) ${MY}skill`,
    text: '*New skill…* in the Skills panel makes one in your volume and opens its file. *Save cell as skill…* makes one of the active cell, with inputs and outputs. What you run again and again is proposed as a skill in the Evolution panel.'
  },
  {
    doing: `connect ${NODES}(?: (?:to|with|and) ${NODES})?|connect ${MY}output to ${MY}input`,
    text: 'In the graph, drag from an output of a node to an input of another, or select the node and press C. In code, give the output as the argument: `hamiltonian=h.hamiltonian`.'
  },
  {
    doing: `(?:upload|import|load|open) ${MY}(?:data|csv|(?:(?:data|csv) )?files?)`,
    text: 'Drop the file into the file browser at the left, beside the notebook. Then Python reads it by its name, for example `pandas.read_csv("data.csv")`.'
  },
  {
    doing: `export ${MY}notebook(?: (?:as|to) .+)?|(?:save|print) ${MY}notebook as ${MY}(?:pdf|html|script)`,
    text: '*Export workflow…* makes a Python script, a Mermaid chart or a picture of the notebook’s graph. The browser’s own Print makes a PDF, and *Download* (menu File) gives the notebook itself.'
  },
  {
    doing: `(?:back ?up|make ${MY}backup(?: of)?)(?: ${MY}(?:work|notebooks?|everything|data|files?|volumes?|sessions?))?|(?:restore|bring back|load) ${MY}backup`,
    text: '*Back up everything*, in the menu *File › Volumes and backups*, downloads all volumes with their history, all files and your settings as a zip. *Restore a backup…* beside it brings them back.'
  },
  {
    doing: `install ${MY}(?:python |pip |pypi )*(?:package|library|librarie|module|wheel)s?|(?:pip )?install [\\w.-]+`,
    text: 'What the site has, such as numpy, scipy, pandas, matplotlib and Qiskit, loads when it is imported; `%pip list` lists it. `%pip install NAME.whl` installs a wheel of pure Python that lies beside the notebook: the site does not reach PyPI. In your own Jupyter `%pip install NAME` gets packages as usual.'
  },
  {
    doing: `(?:change|set|choose) ${MY}(?:colou?r )?theme|(?:use|change to|switch to|turn on|enable|have) ${MY}(?:dark|light) (?:mode|theme)|switch ${MY}theme`,
    text: '*Theme*, in the menu *Settings*, chooses a light or a dark one.'
  },
  {
    doing: `(?:add|insert|create|make) ${MY}(?:code |text |markdown )?cells?(?: (?:above|below|here))?`,
    text: '*+* in the toolbar of the notebook adds one below the active cell. In command mode (Esc first) B adds one below and A one above, M makes it text and Y code. *Insert* at a skill in the Skills panel, or `/` in an empty cell, makes one that calls the skill.'
  },
  {
    doing: `(?:delete|remove) ${MY}sessions?`,
    text: '*Delete session…*, in the ⋯ menu of the session in the Sessions panel, deletes its files from the volume; what was committed stays in the history.'
  },
  {
    doing: `(?:run|compute) ${MY}(?:(?:it|notebook) )?(?:on|with) ${MY}(?:cluster|dask|slurm|supercomputer)`,
    text: 'Outside the browser: `python -m llmos run NAME.ipynb --engine dask --scheduler tcp://HOST:8786` runs the notebook on a Dask cluster, `--engine processes` on the cores of one machine. *File › Download* gives the notebook; *Without a browser, or on a cluster* in the README says how to install it.'
  },
  {
    doing: `(?:(?:work|compute) (?:with )?(?:it |this )?|(?:use|run|open) (?:it|this(?: site)?|llmos(?: lab)?) )${OFFLINE}`,
    text: OFFLINE_TEXT
  },
  {
    doing: `(?:change|set|increase|decrease|lower|raise) ${MY}(?:(?:input|parameter|value)s?(?: of ${NODES})?|number of \\w+)`,
    text: 'Change it in the form above the cell, or in the call itself. What depends on it becomes stale; *Run stale* (◐ in the toolbar) runs just that.'
  }
];

const SITE =
  '(?:it|this|(?:this|the) (?:site|app|application|tool)|llmos(?: lab)?|everything)';
const MINE = `${MY}(?:data|files?|notebooks?|work|results?|code|sessions?)`;

/** Other questions about the application, each as a whole. */
const FACTS: readonly IHowTo[] = [
  {
    doing: `how much (?:memory|ram|space|storage) (?:do (?:i|we)|does ${SITE}|is) (?:use|need|take|used|left)(?: now| here)?`,
    text: '*File › Storage…* says how much the site keeps in this browser. How much memory Python takes is not shown here; the browser’s own task manager says it for the tab.'
  },
  {
    doing: `why (?:is there no|do (?:i|we) (?:see|get) no|does ${MY}cell (?:show|give|print) no) (?:output|result)s?(?: (?:here|shown|below .+))?|why is (?:nothing|no output|no result) (?:shown|printed|displayed)`,
    text: 'A cell shows what it prints and the value of its last line, once it has run. A line such as `x = 1` shows nothing: write `x` below it. *Which cells have not run yet?*, asked here, lists those.'
  },
  {
    doing: `who (?:made|built|wrote|created|develops?|programmed) (?:you|${SITE})|are you (?:(?:an?|the) )?(?:ai|bot|chatbot|robot|human|person|real|llm|(?:language )?model)|(?:what|which) (?:ai |language )?(?:model|llm) (?:are you|do you use)|how do you (?:work|know)`,
    text: 'I am a program of LLMos Lab, which is open source. Without a model I look for the words of a question in the texts of the skills and in this notebook, and answer from those. With a key, the model that you choose in the settings answers here instead.'
  },
  {
    doing: `(?:does|can|will) ${SITE} (?:also )?(?:work|run|be used) ${OFFLINE}|do (?:i|we) need ${MY}(?:internet|network)(?: connection)?`,
    text: OFFLINE_TEXT
  },
  {
    doing: `(?:is|are) ${MINE} (?:(?:sent|uploaded)(?: (?:anywhere|somewhere|to .+))?|private|safe|kept|saved|stored)|where (?:is|are) ${MINE} (?:kept|saved|stored)|where (?:does|do) ${MINE} go|who (?:can )?sees? ${MINE}|do you (?:send|upload|see) ${MINE}(?: (?:anywhere|somewhere|to .+))?`,
    text: 'On the site your code runs in this browser, and notebooks, files, volumes and settings are kept in its storage, for this address. Nothing is sent but to what you connect yourself: a model, GitHub or another Git server. Clearing the data of the site deletes all of it: *File › Storage…* says how much there is, and *Back up everything* (*File › Volumes and backups*) downloads it. In your own Jupyter, notebooks and Python are on its server.'
  }
];

/** Whether a question asks how something is done. */
export function asksHow(text: string): boolean {
  return HOW.test(text);
}

/** How something is done, or is, in the application; null for other questions. */
export function howTo(text: string): string | null {
  const asked = HOW.exec(text)?.[1] ?? '';
  const whole = text.replace(/^\W+|\W+$/g, '');
  const find = (of: readonly IHowTo[], words: string): string | undefined =>
    of.find(({ doing }) => new RegExp(`^(?:${doing})$`, 'i').test(words))?.text;
  return (
    find(WAYS, asked) ??
    find(FACTS, whole) ??
    topicText(asked === '' ? ordered(text) : asked)
  );
}

/** Of the application, and of any work in it: that a skill has them does not make it meant. */
const EVERYDAY: ReadonlySet<string> = new Set(
  (
    'add app browser cell change close cluster code delete download edit file find function ' +
    'get graph help install keep library line list load make memory mode name new notebook ' +
    'number open package panel program remove run save see session set setting share ' +
    'skill start step stop style theme thing time use work'
  ).split(' ')
);

/** Whether a question has a word that a skill is called by, and that is no everyday one. */
export function isCalled({ id, name, keywords }: ISkill, text: string): boolean {
  const own = wordsOf([id, name, ...keywords].join(' '));
  return wordsOf(text).some(word => own.includes(word) && !EVERYDAY.has(word));
}

const GREETS =
  /^\W*(?:hello|hi|hey|help|what can (?:you|i) (?:do|ask)(?: you| here| without a key)*|what do you do|who are you)\W*$/i;
const LISTS =
  /\b(?:what|which|list|show)\b(?: me)?(?: all)?(?: the)?\s*(\w+)?\s+skills\b\s*(?:exist|are there|do (?:you|i|we) have|are available|can i use|there are)?\W*$/i;
/** Skills listed at most. */
const MOST = 40;

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
  const listed = shown.flatMap(category =>
    skills.filter(each => each.category === category)
  );
  const parts = shown.flatMap(category => {
    const lines = listed
      .slice(0, MOST)
      .filter(each => each.category === category)
      .map(({ name, id }) => `- **${plain(name)}** (\`${id}\`)`);
    return lines.length > 0 ? [`*${plain(category)}*\n\n${lines.join('\n')}`] : [];
  });
  const more = listed.length - MOST;
  return [
    ...parts,
    ...(more > 0 ? [`And ${more} more.`] : []),
    'The Skills panel shows what each does, its inputs and its outputs.'
  ].join('\n\n');
}
