import { listOf } from '../../skill/suggest';
import { IMPORT_LINE } from '../../workflow/change/importLine';
import { definerOf, definerText, NO_NAME, type IErrorPlace } from './definer';

/** An error that the product or Python raises often, and what helps. */
interface IKnownError {
  readonly test: RegExp;
  readonly text: (match: RegExpExecArray, place: IErrorPlace | null) => string;
}

/** Errors that may name their own correction: see `fixes.ts`. */
export const UNKNOWN_OUTPUT =
  /Skill "([^"]+)" has no output "([^"]+)"\.(?: Did you mean "([^"]+)"\?)?(?: Its outputs: (.+)\.)?/;
export const UNKNOWN_INPUT =
  /Skill "([^"]+)" has no input "([^"]+)"\.(?: Did you mean "([^"]+)"\?)?(?: Its inputs: (.+)\.)?/;
export const UNKNOWN_SKILL = /There is no skill "([^"]+)"\. Did you mean ("[^?]+)\?/;
export const NO_IMPORT = /^NameError: name 'skill'/;

const KNOWN: readonly IKnownError[] = [
  {
    test: UNKNOWN_OUTPUT,
    text: ([, skill = '', name = '', near, known]) =>
      near === undefined
        ? `The skill \`${skill}\` **gives no output \`${name}\`**: ${namesOf(known)}. Read one of these where the cell reads \`.${name}\`.`
        : `The skill \`${skill}\` **gives no output \`${name}\`**. Write \`.${near}\` where the cell reads \`.${name}\`.`
  },
  {
    test: UNKNOWN_INPUT,
    text: ([, skill = '', name = '', near, known]) =>
      near === undefined
        ? `The skill \`${skill}\` **takes no input \`${name}\`**: ${namesOf(known)}. Rename the argument \`${name}\` in the call to one of these, or take it out.`
        : `The skill \`${skill}\` **takes no input \`${name}\`**. Rename the argument in the call: \`${near}=…\` instead of \`${name}=…\`.`
  },
  {
    test: /Skill "([^"]+)" needs the input "([^"]+)"/,
    text: ([, skill = '', name = '']) =>
      `The call of \`${skill}\` **leaves out \`${name}\`**, which has no default. Give it in the call or in the form above the cell, or connect an output of the right type in the graph.`
  },
  {
    test: /Skill "([^"]+)", input "([^"]+)": expected (.+?), given (.+?)\.(?:\s|$)/,
    text: ([, skill = '', name = '', expected = '', given = '']) =>
      `The input \`${name}\` of \`${skill}\` **expects ${expected}**; the call gives ${given}. Change the value in the call or in the form above the cell, or connect an output of the right type in the graph.`
  },
  {
    test: /Outputs of a skill cannot be changed/,
    text: () =>
      '**Outputs of a skill cannot be changed**: later cells and the cache rely on them. Assign the new value to a variable of your own, and use that below.'
  },
  {
    test: /^SkillInputError/,
    text: () =>
      'A **skill was called with an input that it does not take**. The message names the skill, the input, what it expects and what came. Correct the value in the form above the cell, or connect an output of the right type in the graph.'
  },
  {
    test: UNKNOWN_SKILL,
    text: ([, id = '', near = '']) =>
      `There is **no skill \`${id}\`** in your volumes. Write ${near.replaceAll('"', '`')} in the call instead.`
  },
  {
    test: /^SkillNotFoundError/,
    text: () =>
      'There is **no skill of this id** (or this version) in your volumes. Look for it in the Skills panel.'
  },
  {
    test: /^SkillNotAwaitedError/,
    text: () =>
      'The call of the skill **was not awaited**, so there is no result yet. Write `await` before `skill(…)(…)`.'
  },
  {
    test: /^SkillOutputError/,
    text: () =>
      'The **skill returned something else than it declares**. That is a mistake in the skill: open it and compare what `execute` returns with `outputs`.'
  },
  {
    test: /singular matrix/i,
    text: () =>
      'ngspice says **singular matrix**: a node has no path for direct current to ground, or voltage sources form a loop. Tie floating nodes to `0` through a large resistor (`1g`), and look for two sources across the same nodes.'
  },
  {
    test: /timestep too small/i,
    text: () =>
      'ngspice says **timestep too small**: something changes faster than it can follow. Give edges of `PULSE` a few nanoseconds, and ideal switches a resistance.'
  },
  {
    test: /server-python/,
    text: () =>
      'This skill **runs on a server only**. Run the notebook with `python -m llmos run`.'
  },
  {
    test: NO_IMPORT,
    text: (_match, place) => {
      const definer = place && definerOf('skill', place);
      return definer?.isAbove === true
        ? `Python does not know **\`skill\`** yet. ${definerText(definer)}`
        : `Skills are **called after \`${IMPORT_LINE}\`**. Write that line into the first cell, or above the call, and run the cell again.`;
    }
  },
  {
    test: NO_NAME,
    text: ([, name = ''], place) => {
      const definer = place && definerOf(name, place);
      const hint = definer
        ? definerText(definer)
        : 'No cell defines it: write its definition, look for a slip in its name, or connect an output to this input.';
      return `Python does not know **\`${name}\`**. ${hint}`;
    }
  },
  {
    test: /^ModuleNotFoundError: No module named '([^']+)'/,
    text: ([, name = '']) =>
      `The package **\`${name}\`** is not there. In the browser numpy, scipy, matplotlib and pandas load when they are imported, and a wheel of pure Python beside the notebook installs with \`%pip install NAME.whl\`; the site does not reach PyPI. In your own Jupyter \`%pip install ${name.split('.')[0] ?? name}\` gets it.`
  },
  {
    test: /^(?:KeyboardInterrupt|CancelledError)/,
    text: () => 'The cell **was stopped**. *Run stale* runs it again.'
  },
  {
    test: /^(?:SyntaxError|IndentationError)/,
    text: () =>
      'Python **cannot read the cell**. The mark `^` under the line shows where it stopped: look for a bracket or a quote that is not closed just before, or a line that is indented otherwise than its neighbours.'
  },
  {
    test: /^AttributeError: .*has no attribute '([^']+)'/,
    text: ([, name = '']) =>
      `The object **has no \`${name}\`**. If it is the result of a skill, its card in the Skills panel lists its outputs; \`dir(x)\` lists what any object has.`
  },
  {
    test: /^KeyError: (.+)/,
    text: ([, key = '']) =>
      `The key **${key}** is not in the dictionary or table. \`list(x)\` shows those that are.`
  },
  {
    test: /^(?:MemoryError|RangeError|RuntimeError: memory)/,
    text: () =>
      'The **memory is full**: the browser gives Python about 2 GB. Restart the kernel, and work on smaller pieces.'
  },
  {
    test: /^FileNotFoundError/,
    text: () =>
      'The **file is not there**. Paths are seen from the notebook’s folder; drop the file into the file browser beside it.'
  },
  {
    test: /^ZeroDivisionError/,
    text: () =>
      'Something was **divided by zero**. Check the divisor before the line that failed.'
  },
  {
    test: /^(?:TypeError|ValueError)/,
    text: () =>
      'A function got **a value of another kind or range** than it takes. Show the values of the failing line with `type(x)` and compare with `help(function)`.'
  }
];

/** The names that a skill has, as its error lists them. */
function namesOf(known = 'none'): string {
  const names = known.split(', ').map(name => `\`${name}\``);
  return known === 'none' ? 'it has none' : `it has ${listOf(names, 'and')}`;
}

/**
 * What an error means and what to do, for the product's own errors and Python's common ones.
 *
 * @param place the notebook, where the error is of one
 */
export function explainError(error: string, place: IErrorPlace | null = null): string {
  const text = error.trim();
  for (const { test, text: explain } of KNOWN) {
    const match = test.exec(text);
    if (match) {
      return `${explain(match, place)}\n\n    ${text.split('\n')[0] ?? ''}`;
    }
  }
  return `I know no more of this error than its own words:\n\n    ${text.split('\n').join('\n    ')}\n\nRead its last line first; the line marked in the cell is where it happened.`;
}
