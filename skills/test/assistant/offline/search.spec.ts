import { answerOffline } from '../../../src/assistant/offline/answer';
import { chainSkills } from '../../../src/assistant/offline/chain';
import type { ISkill } from '../../../src';
import { LIBRARY } from '../library';
import { QUESTIONS, UNANSWERED } from '../questions';
import { ask } from './fixtures';

describe('what the library has', () => {
  it('offers what the questions need among the first five', () => {
    const results = QUESTIONS.map(([question, wanted]) => {
      const { skills, workflow } = ask(question);
      const offered = [...skills, ...(workflow ?? []).map(({ skill }) => skill)];
      expect(skills.length).toBeLessThanOrEqual(5);
      return { found: wanted.filter(id => offered.includes(id)).length, wanted };
    });
    const wanted = results.reduce((sum, each) => sum + each.wanted.length, 0);
    const found = results.reduce((sum, each) => sum + each.found, 0);
    expect(found / wanted).toBeGreaterThanOrEqual(0.95);
  });

  it('names only skills near the question', () => {
    expect(
      ask('How do I simulate a low-pass filter with a cutoff of 1 kHz?').skills
    ).toEqual(['circuit-rc-node']);
    expect(chainSkills(LIBRARY, [])).toBeNull();
  });

  it.each([
    'What inputs does quantum-vqe have?',
    'inputs of the VQE Optimizer',
    'which parameters does the vqe take'
  ])('lists the inputs of a skill: %s', question => {
    const { markdown, skills, workflow } = ask(question);
    expect([skills, workflow]).toEqual([['quantum-vqe'], null]);
    expect(markdown).toContain('- `hamiltonian`: object, has to be given');
    expect(markdown).toMatch(
      /- `iterations`: integer, `\d+` by default, 1 to 10000\. /
    );
    expect(markdown).toMatch(/- `optimizer`: string, `"\w+"` by default, one of `"/);
  });

  it('lists outputs with their units', () => {
    const { markdown } = ask('outputs of quantum-vqe');
    expect(markdown).toContain('The outputs of **VQE Optimizer** (`quantum-vqe`)');
    expect(markdown).toContain('- `eigenvalue`: number, in Ha');
    expect(ask('inputs of plot-xy').markdown).toContain('- `y`: any, has to be given.');
  });

  it('says so when nothing fits', () => {
    expect(ask('zzzz').markdown).toContain('No skill of the library fits');
  });

  it('offers nothing for what no skill answers, and says so', () => {
    const offered = UNANSWERED.filter(question => {
      const { skills, workflow, markdown } = ask(question);
      const isRefused = markdown.startsWith('No skill of the library fits');
      return !isRefused || skills.length > 0 || workflow !== null;
    });
    expect(UNANSWERED.length).toBeGreaterThanOrEqual(60);
    expect(offered.length / UNANSWERED.length).toBeLessThanOrEqual(1 / 20);
  });

  it.each(['LiH energy', 'ground state energy of LiH'])(
    'names what is near as no more than that: %s',
    question => {
      const { skills, workflow, markdown } = ask(question);
      expect(markdown).toContain('No skill of the library fits this well');
      expect(markdown).toMatch(/`quantum-vqe`\) has to do with \*.*energy\*/);
      expect([skills, workflow]).toEqual([[], null]);
    }
  );

  it('has a skill whose id is near', () => {
    const { markdown, skills } = ask('inputs of quantum-vqx');
    expect(markdown).toMatch(
      /^There is no skill `quantum-vqx`\. Did you mean `quantum-vqe`\?\n\nThe inputs of/
    );
    expect(skills).toEqual(['quantum-vqe']);
    expect(ask('inputs of xyz-unheard').markdown).not.toContain('Did you mean');
  });

  it('lists some of many skills, with nothing that their names could mark up', () => {
    const [any] = LIBRARY;
    const skills = Array.from({ length: 50 }, (_, at): ISkill[] =>
      any ? [{ ...any, id: `s${at}`, name: `A *b* [${at}](c)` }] : []
    ).flat();
    const question = 'Which skills are there?';
    const { markdown } = answerOffline({ question, skills, maxSkills: 5 });
    expect(markdown).toContain('- **A \\*b\\* \\[0\\](c)** (`s0`)');
    expect(markdown).toContain('\n\nAnd 10 more.');
  });
});
