import { answerOffline } from '../../../src/assistant/offline/answer';
import { LIBRARY } from '../library';
import { ask, TIMED } from './fixtures';

describe('how things are done', () => {
  it.each([
    'How do I rename a planet?',
    'How do I restart the engine?',
    'How do I get more memory?',
    'How do I write a loop?',
    'How can I read a file?',
    'How do I log in?'
  ])('is not known of everything: %s', question => {
    const { markdown, skills, workflow } = ask(question);
    expect(markdown).toMatch(/^No skill of the library fits, and I do not know how/);
    expect(markdown).toContain('*Guide*, in the menu *Help*');
    expect([skills, workflow]).toEqual([[], null]);
  });

  it.each([
    ['How do I share this notebook?', '*Share as a zip* and *Share as a link*'],
    ['Where do I share my work with others?', '*Share as a zip*'],
    ['How do I compare two runs?', '*Sweep an input…*'],
    ['How do I compare two results?', '*Compare with last commit*'],
    ['How do I stop a run?', '*Stop* in the toolbar'],
    ['How do I undo?', '*Undo turn*'],
    ['How do I save my work?', '*Commit*'],
    ['How do I keep a version of my work?', '*Commit*'],
    ['How do I save?', 'Ctrl+S'],
    ['How do I stop?', '*Stop* in the toolbar'],
    ['How do I write my own skill?', '*New skill…*'],
    ['How do I make a new skill from a cell?', '*Save cell as skill…*'],
    ['How do I connect two nodes?', 'drag from an output'],
    ['How do I change an input?', 'in the form above the cell'],
    ['How to sweep a parameter', '*Sweep an input…*'],
    ['How do I sweep?', '*Sweep an input…*'],
    ['How do I run it for several values, please?', '*Sweep an input…*'],
    ['How do I run a sweep?', '*Sweep an input…*'],
    ['How do I sweep over several values?', '*Sweep an input…*'],
    ['How can I export my notebook as PDF?', '*Export workflow…*'],
    ['Can I upload data?', 'file browser'],
    ['How do I upload my own data?', 'file browser'],
    ['How do I back up my work?', '*Back up everything*'],
    ['How do I restore a backup?', '*Restore a backup…*'],
    ['How do I install a package?', '`%pip install NAME.whl`'],
    ['Can I install scikit-learn?', '`%pip list`'],
    ['How do I change the theme?', '*Theme*, in the menu *Settings*'],
    ['How do I turn on dark mode?', '*Theme*, in the menu *Settings*'],
    ['How do I change the number of iterations?', 'in the form above the cell'],
    ['How do I add a cell?', '*+* in the toolbar'],
    ['How do I delete a session?', '*Delete session…*'],
    ['How do I run this on a cluster?', '`python -m llmos run NAME.ipynb'],
    ['How do I commit?', '*Commit*'],
    ['How do I make a commit of my work?', '*Commit* in the toolbar'],
    ['How do I run a parameter sweep?', '*Sweep an input…*'],
    ['How can I do a parameter scan over a range?', '*Sweep an input…*'],
    ['How do I connect to GitHub?', '*Connect to GitHub…*'],
    ['Can I push my notebook to GitHub?', '*Connect to GitHub…*'],
    ['How do I connect to GitLab?', '*Connect to a Git server…*'],
    ['How do I push to my own Git server?', '*Connect to a Git server…*'],
    ['How do I push?', '*Push* and *Pull*'],
    ['How do I merge a branch?', '*Merge … into main…*'],
    ['How do I make a new branch?', '*Keep as branch…*'],
    ['How do I undo a deleted cell?', 'Ctrl+Z in the graph'],
    ['Can I undo a deleted node in the graph?', 'Ctrl+Z in the graph'],
    ['How do I see the history?', '*History* at a session'],
    ['Where can I find older versions of my notebook?', '*History* at a session'],
    ["How do I go back to yesterday's version?", '*Restore session…*'],
    ['How do I get back to an earlier version?', '*Restore session…*'],
    ['Restore an older version', '*Restore session…*'],
    ['I want to restore the last commit, please', '*Restore session…*'],
    ['How do I rename a notebook?', '*Rename Notebook…*'],
    ['How do I rename a variable?', '*Rename variable…*'],
    ['Rename this session', '*Rename session…*'],
    ['How do I promote a skill?', '*Promote…*'],
    ['How do I share my skill with my team?', '*Promote…*'],
    ['How do I invite a colleague to my team?', '*Teams*'],
    ['How do we work together?', '*Teams*'],
    ['How do I enter my API key?', '*Model and key*'],
    ['What keyboard shortcuts are there?', '*Keyboard map*'],
    ['What shortcuts are there?', '*Keyboard map*'],
    ['keyboard shortcuts', '*Keyboard map*'],
    ['How do I publish my skill?', '*Promote…*'],
    ['How do I see what has changed?', '*Compare with last commit*'],
    ['How do I run all cells?', '*Run all by the graph*'],
    ['How do I run the whole notebook?', '*Run all by the graph*'],
    ['How do I restart the kernel?', '*Restart Kernel…*'],
    ['How do I open the graph?', '*Graph of the notebook*'],
    ['Run cell 2', 'Shift+Enter runs the active cell'],
    ['How do I run a cell?', 'Shift+Enter runs the active cell'],
    ['Run this notebook', '*Run all by the graph*'],
    ['Run everything', '*Run all by the graph*'],
    ['run stale', '*Run stale*'],
    ['Delete cell 3', 'D D deletes'],
    ['delete the last cell, please', 'D D deletes'],
    ['How do I delete a node?', 'D D deletes'],
    ['Delete this skill', '*Delete skill…*'],
    ['Where is the graph?', '*Graph of the notebook*'],
    ['Where is my history?', '*History* at a session'],
    ['Where do I find the settings?', '*Settings Editor*'],
    ['How do I search in the graph?', '*Search nodes*'],
    ['How do I find a node in the graph?', '*Search nodes*'],
    ['How do I export a picture of the graph?', '*Export workflow…*'],
    ['How do I export the graph as Mermaid?', '*Export workflow…*'],
    ['How do I fold a section?', '*Fold or open all sections*'],
    ['How do I zoom the graph?', '*Show the whole graph*'],
    ['How do I undo what you did?', '*Undo turn*'],
    ['How do I get my work to another computer?', '*Restore a backup…*'],
    ['How much memory do I use?', '*File › Storage…*'],
    ['Why is there no output?', 'the value of its last line'],
    ['show the keyboard shortcuts', '*Keyboard map*'],
    ['How do I see all shortcuts?', '*Keyboard map*'],
    ['Does it work offline?', '*Keep for use without a network*'],
    ['Can I use this without internet?', '*Keep for use without a network*'],
    ['Is my data sent anywhere?', 'Nothing is sent but'],
    ['Where are my files stored?', '*File › Storage…*']
  ])('is told: %s', (question, told) => {
    const { markdown, workflow } = answerOffline({
      ...{ question, skills: LIBRARY, maxSkills: 5 },
      notebook: TIMED
    });
    expect(`${markdown}\n`).toContain(told);
    expect(workflow).toBeNull();
  });
});

describe('words of the application', () => {
  it.each([
    ['What is a skill?', /^A skill is a piece of work/],
    ['What are skills?', /^A skill is a piece of work/],
    ['What does "stale" mean?', /^A cell is stale when/],
    ['What is a stale cell?', /^A cell is stale when/],
    ['What does it mean if a cell is blocked?', /^A cell is blocked when/],
    ['What is the cache?', /^A skill call with the same skill/],
    ['What does the button Commit do?', /^\*Commit\* keeps/],
    ['what does Run stale do', /^\*Run stale\*/]
  ])('are told: %s', (question, told) => {
    expect(ask(question).markdown).toMatch(told);
  });

  it('are told where a notebook imports what has that name, and not where it computes it', () => {
    const inNotebook = (source: string): string => {
      const cell = { id: 'i', type: 'code', source, state: 'done' } as const;
      const notebook = { ...TIMED, cells: [cell, ...TIMED.cells] };
      const question = 'What is a skill?';
      return answerOffline({ question, skills: LIBRARY, maxSkills: 5, notebook })
        .markdown;
    };
    expect(inNotebook('from llmos import skill')).toMatch(
      /^A skill is a piece of work/
    );
    expect(inNotebook('skill = 3')).not.toMatch(/^A skill is a piece of work/);
  });

  it('mean nothing of the application where more is said, or a variable is called so', () => {
    const tell = (question: string, source = 'x = 1') =>
      answerOffline({
        ...{ question, skills: LIBRARY, maxSkills: 5 },
        notebook: { ...TIMED, cells: [{ id: 'a', type: 'code', source }] }
      }).markdown;
    expect(tell('What are the stale cells?')).not.toMatch(/^A cell is stale/);
    expect(tell('What is a quantum graph state?')).not.toMatch(/^The graph shows/);
    expect(tell('What is the cache?', 'cache = {}')).toMatch(/`cache` is not known/);
  });
});

describe('what answers', () => {
  it.each([
    'Who made you?',
    'are you an AI',
    'Which model do you use?',
    'how do you work'
  ])('is told as it is: %s', question => {
    const { markdown, skills } = ask(question);
    expect(markdown).toMatch(/^I am a program of LLMos Lab.*Without a model I look/);
    expect(skills).toEqual([]);
  });

  it.each([
    'How accurate is it?',
    'How accurate are you?',
    'can I trust the results?',
    'Are the results right?'
  ])('claims nothing of what it did not compute: %s', question => {
    const { markdown, skills } = ask(question);
    expect(markdown).toMatch(/^Results come from the code of the skills.*\*Limits\*/);
    expect(skills).toEqual([]);
  });
});

describe('other languages', () => {
  it.each([
    'Wie zeichne ich die Konvergenz?',
    '¿Cómo puedo dibujar un circuito?',
    'Comment puis-je tracer un graphique ?',
    '如何画图',
    'كيف أرسم'
  ])('are told that English is read: %s', question => {
    expect(ask(question).markdown).toMatch(/^Without a model I read English only/);
  });

  it.each(['translate this text into German', 'simulate Schrödinger’s equation of α'])(
    'are not taken for English: %s',
    question => {
      expect(ask(question).markdown).not.toContain('English only');
    }
  );
});
