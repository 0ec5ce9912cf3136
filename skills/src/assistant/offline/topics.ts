/** Things of the application that a question is about by its words, however it puts them. */
import { wordsOf } from './wanted';

interface ITopic {
  /** A question about it has a word of each of these. */
  readonly about: readonly string[];
  /** Words that it may have besides. */
  readonly besides: string;
  readonly text: string;
}

const words = (text: string): ReadonlySet<string> => new Set(wordsOf(text));

/** Words of any such question. */
const FILLING = words(
  'the an my our your own this that these it its to of in on at with into for from by and or as ' +
    'new other another some all one two several different please now here again just has have been'
);

const GIT =
  'Its menu has *Push* and *Pull* then: they send commits, and fetch and merge what others sent.';
const BACK =
  'In the history (*History* at the session in the Sessions panel) choose the commit: *Restore session…* makes the whole session again what it was then, *Restore…* at a file just that one, and *Open* shows it read-only first. What was not committed is not in the history.';

const TOPICS: readonly ITopic[] = [
  {
    about: ['commit'],
    besides: 'make do notebook session work change version file result run git',
    text: '*Commit* in the toolbar of the notebook (in command mode G, then C) keeps the notebook in the history with its runs, this conversation and the files that it made. Other files of a volume: *Commit files of my volume…*, in the menu *File*.'
  },
  {
    about: ['sweep scan'],
    besides:
      'do run make start use parameter input value range list cell node skill call over many',
    text: '*Sweep an input…* (menu of the node in the graph, or the command palette) runs the call of a cell for a range or a list of values, and puts a table and a chart below.'
  },
  {
    about: ['github'],
    besides:
      'connect link use keep push pull save store put commit upload sync session notebook work volume repository account token',
    text: `*Connect to GitHub…*, behind the cloud beside a volume in the Sessions panel, asks for a repository and a token for it. ${GIT}`
  },
  {
    about: ['gitlab git gitea bitbucket remote', 'connect push pull use add set sync'],
    besides:
      'server repository volume session notebook work commit change link up remote git gitlab',
    text: `*Connect to a Git server…*, behind the cloud beside a volume in the Sessions panel, asks for the address of a repository on GitLab or any other server that speaks Git over HTTP. It must let other sites read it (CORS), or be reached through a proxy. ${GIT}`
  },
  {
    about: ['push pull'],
    besides: 'commit change volume server session notebook work repository',
    text: `The cloud beside a volume in the Sessions panel connects it to GitHub or another Git server. ${GIT} Without a network a push waits.`
  },
  {
    about: ['undo', 'cell node edit change delete connection deleted'],
    besides: 'cell node edit change delete deleted remove last graph notebook in',
    text: 'Ctrl+Z in the graph takes back its last edit, and Z in the notebook, in command mode (Esc first), the last edit of its cells: each is one step.'
  },
  {
    about: ['branch'],
    besides:
      'merge make create keep add switch change delete remove commit main use work see open find',
    text: '*Keep as branch…*, at a commit in the history (the clock beside a volume in the Sessions panel), makes one. The list at the top of the history chooses one then; *Merge … into main…* and *Delete…* stand beside it.'
  },
  {
    about: ['history commit version', 'see show view open find look list browse'],
    besides:
      'history commit version older old earlier previous past last notebook session volume where work',
    text: 'The clock beside a volume in the Sessions panel shows all of its commits, *History* at a session those of the session. For each commit there is what it changed, and each file can be opened as it was.'
  },
  {
    about: [
      'back restore return revert recover',
      'version state commit yesterday notebook session history work'
    ],
    besides:
      'get go bring older old earlier previous past last first yesterday week day change file deleted lost',
    text: BACK
  },
  {
    about: ['rename', 'notebook file'],
    besides: 'give name change open',
    text: '*Rename Notebook…*, in the menu *File* and of the tab of the notebook, or F2 in the file browser. Its session stays with it.'
  },
  {
    about: ['rename', 'session'],
    besides: 'name',
    text: '*Rename session…*, in the ⋯ menu of the session in the Sessions panel.'
  },
  {
    about: ['rename', 'variable'],
    besides: 'cell node graph everywhere notebook',
    text: '*Rename variable…*, in the menu of the node in the graph, renames it in every cell that uses it.'
  },
  {
    about: ['promote share give publish', 'skill'],
    besides: 'team everybody everyone people colleague library system promote',
    text: '*Promote…*, in the ⋯ menu of the skill in the Skills panel, gives it to a team of yours, or proposes it for everybody: as a pull request on GitHub or as a zip. *Demote or roll back…* is the way back.'
  },
  {
    about: ['team colleague together collaborate'],
    besides:
      'invite add join make create start work member people person user share session notebook set up have use get',
    text: 'A team is a volume that its members share; there are no accounts to invite. Each member writes the id of the team under *Teams* in *Settings › Edit profile…*, which mounts the volume, and connects it to the same repository with the cloud beside it in the Sessions panel.'
  },
  {
    about: ['change changed difference', 'see show view compare look find what'],
    besides: 'last since commit version notebook session cell history',
    text: '*Compare* at the session in the Sessions panel (*Compare with last commit* in the command palette) shows, cell by cell, what has changed since the last commit. The history shows what each commit changed.'
  },
  {
    about: ['run execute', 'all everything notebook whole entire stale'],
    besides: 'cell rest once',
    text: '*Run ▾* in the toolbar of the notebook: *Run all by the graph* runs every cell as soon as what it needs is there, *Run stale* only what is not up to date.'
  },
  {
    about: ['run execute', 'cell'],
    besides: 'one selected active current first second next last single only alone',
    text: 'Shift+Enter runs the active cell. *Run to here*, in the menu *Run*, runs it and what it needs where that is not up to date; *Run from here* also what depends on it.'
  },
  {
    about: ['delete remove', 'cell node'],
    besides: 'one selected active current first second next last single graph notebook',
    text: 'In command mode (Esc first) D D deletes the active cell and Z brings it back. In the graph, Delete deletes the selected node and Ctrl+Z brings it back.'
  },
  {
    about: ['delete remove', 'skill'],
    besides: 'volume panel library',
    text: '*Delete skill…*, in the ⋯ menu of the skill in the Skills panel, deletes it from your volume; what was committed stays in the history.'
  },
  {
    about: ['restart', 'kernel python'],
    besides: 'session notebook',
    text: '*Restart Kernel…*, in the menu *Kernel*, starts Python anew: variables are gone then, what cells show stays.'
  },
  {
    about: ['graph', 'open see show view find look'],
    besides: 'notebook workflow cell where',
    text: 'The graph of the notebook is at the right; *Graph of the notebook* in the command palette (Ctrl+Shift+C) opens it.'
  },
  {
    about: ['search find', 'graph node cell'],
    besides: 'look name',
    text: '*Search nodes*, at the top of the graph, shows what it finds: Enter goes from one node to the next. Ctrl+F searches in the text of the notebook.'
  },
  {
    about: ['picture image png svg mermaid export', 'graph workflow mermaid'],
    besides: 'save download get make copy export chart script python file notebook',
    text: '*Export workflow…*, in the menu of the graph and in the command palette, makes a picture (SVG or PNG) of the graph of the notebook, a Mermaid chart, a Python script or a notebook.'
  },
  {
    about: ['fold unfold collapse', 'section heading'],
    besides: 'graph open all notebook cell',
    text: 'Headings of text cells make sections. The button at the heading folds one: in the graph into one box, in the notebook to the heading alone. *Fold or open all sections*, in the command palette, does so for the whole graph.'
  },
  {
    about: ['zoom', 'graph canvas node'],
    besides: 'in out whole see make smaller larger',
    text: 'The wheel zooms the graph, and so do *+* and *−* above it; dragging the canvas moves it. *Show the whole graph* fits it into the panel.'
  },
  {
    about: ['setting preference'],
    besides: 'open find see show view change where look editor app site edit',
    text: '*Settings Editor*, in the menu *Settings*, has all of them; the theme stands in the menu itself.'
  },
  {
    about: ['undo revert back', 'you assistant turn answer'],
    besides: 'take what did done do change your last all',
    text: '*Undo turn*, at the end of an answer, takes back what it changed in the notebook.'
  },
  {
    about: ['computer machine device laptop'],
    besides:
      'get move take bring transfer copy use open continue work notebook session volume data everything file',
    text: 'Connect the volume to GitHub or another Git server (the cloud beside it in the Sessions panel) and choose *Push*; there connect it to the same repository and choose *Pull*. *Back up everything*, in the menu *File › Volumes and backups*, makes a zip of all that there is, and *Restore a backup…* beside it reads it there. *Share as a zip* at a session takes that one.'
  },
  {
    about: ['key'],
    besides:
      'api model assistant enter set add give use change forget remove where anthropic claude openai ollama put type insert',
    text: '*Model and key*, in the header of this panel, takes a key of Anthropic, or of any server with chat completions with its address, and says where the key is kept.'
  },
  {
    about: ['shortcut hotkey keybinding keyboard'],
    besides: 'key use open find see list show change set where which what',
    text: '*Keyboard map*, in the menu *Help*, shows all keys. In command mode (Esc first): G, then S inserts a skill, G P goes to the form of the cell, G R runs what is stale, G C commits. Ctrl+Shift+C finds every command. *Settings › Settings Editor › Keyboard Shortcuts* changes keys.'
  }
];

/** Asks to have something done that is of the application alone. */
const ORDER =
  /^\W*(?:(?:please|can you|could you|(?:i (?:want|need)|i'd like|i would like) to|let me|let us) )*((?:bring|commit|connect|go back|invite|merge|promote|pull|push|rename|restore|(?:delete|execute|remove|run|undo) (?=.*\b(?:cells?|nodes?|notebook|everything|all|stale|skill)\b)|show (?=.*(?:shortcut|hotkey))|list (?=.*(?:shortcut|hotkey)))\b.*?)\W*$/i;
/** Asks where a thing of the application is. */
const WHERE = /^\W*where(?:'s| is| are) (?:the|my) (.+?)\W*$/i;
/** Asks for what there is of a thing of the application. */
const THERE =
  /^\W*(?:(?:what|which)(?: are)? (?:the )?)?((?:keyboard )?(?:shortcut|hotkey|keybinding)s)(?: (?:are there|exist|can i use|do (?:i|we) have|are available|there are))?\W*$/i;

/** What is asked for without a "how", where that can only be of the application. */
export function ordered(text: string): string {
  const where = WHERE.exec(text)?.[1];
  return (
    ORDER.exec(text)?.[1] ??
    THERE.exec(text)?.[1] ??
    (where === undefined ? '' : `find ${where}`)
  );
}

/**
 * The text for what is to be done; null where some word is of no such thing: "go back to
 * the last version" is one, "restore the image" is for the library. Of several the one
 * that has most of its words itself.
 */
export function topicText(asked: string): string | null {
  const said = wordsOf(asked).filter(word => !/^\d+$/.test(word));
  const found = TOPICS.flatMap(({ about, besides, text }) => {
    const groups = about.map(words);
    const known = words([...about, besides].join(' '));
    const isWhole =
      groups.every(group => said.some(word => group.has(word))) &&
      said.every(word => known.has(word) || FILLING.has(word));
    const score = said.filter(word => groups.some(group => group.has(word))).length;
    return isWhole ? [{ text, score }] : [];
  });
  return found.sort((a, b) => b.score - a.score)[0]?.text ?? null;
}
