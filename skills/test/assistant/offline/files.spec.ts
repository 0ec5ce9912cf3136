import { answerOffline } from '../../../src/assistant/offline/answer';
import { LIBRARY } from '../library';
import { NOTEBOOK } from './fixtures';

describe('questions about files', () => {
  const tell = (question: string, sources: readonly string[]): string => {
    const cells = sources.map((source, index) => ({
      ...{ id: `${index}`, type: 'code' as const, source }
    }));
    const { markdown } = answerOffline({
      ...{ question, skills: LIBRARY, maxSkills: 5 },
      notebook: { ...NOTEBOOK, cells }
    });
    return markdown;
  };

  /** The files that are told, below what is said of where they are. */
  const told = (question: string, ...sources: readonly string[]): readonly string[] =>
    tell(question, sources)
      .split('\n')
      .filter(line => /^(?:-|In the folder|(?:Other f|F)iles that)/.test(line));

  it('tell what is written from what is read', () => {
    const sources = [
      'df = pandas.read_csv("data/in.csv")',
      'out = df.to_csv("out.csv", index=False)'
    ];
    const here = [
      'In the folder of this notebook, once its cell has run:',
      '- `out.csv`, of the cell `out`; Python reads it with `pandas.read_csv("out.csv")`'
    ];
    expect(told('Where is the CSV file?', ...sources)).toEqual([
      ...here,
      'Other files that cells name:',
      '- `data/in.csv`, which the cell `df` reads'
    ]);
    expect(told('Where are my exported files?', ...sources)).toEqual(here);
    expect(told('Where are my exported files?', ...sources.slice(0, 1))).toEqual([]);
  });

  it.each([
    ['x = open("a.txt").read()', 'which the cell `x` reads'],
    ['x = open("a.txt", "rb")', 'which the cell `x` reads'],
    ['x = open("/data/a.txt", mode="w")', 'which the cell `x` writes; Python reads'],
    ['x = open("../a.txt", "a")', 'which the cell `x` writes; Python reads'],
    ['x = Path("out/a.txt").write_text("")', 'which the cell `x` writes; Python reads'],
    ['x = pathlib.Path("a.txt").read_text()', 'which the cell `x` reads'],
    ['x = numpy.loadtxt("my a.txt")', 'which the cell `x` reads'],
    ['x = "a.txt"', 'which the cell `x` names; Python reads'],
    ['with open("a.txt", "w") as x:\n    pass', 'of the cell `x`; Python reads']
  ])('tell what the call does that names it: %s', (source, what) => {
    const lines = told('Where is the txt file?', source);
    expect(lines[0]).toMatch(
      what.startsWith('of') ? /^In the folder/ : /^Files that cells name:$/
    );
    expect(lines[1]).toContain(`a.txt\`, ${what}`);
  });

  it('tell of no file where only a sentence or a comment has its name', () => {
    const sources = ['# as "a.csv"', 'print("Saved as b.csv")', '%%bash\ncat "c.csv"'];
    expect(tell('Where is the CSV file?', sources)).toMatch(/^No cell .* a csv file\./);
  });
});
