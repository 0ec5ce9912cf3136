import { chooseSkills, clausesOf, rankForQuestion } from '../../src/assistant/choose';
import { LIBRARY } from './library';
import { QUESTIONS } from './questions';

it('offers what a question needs among the first five', () => {
  const results = QUESTIONS.map(([question, wanted]) => {
    const found = rankForQuestion(LIBRARY, question, 5).map(({ id }) => id);
    return {
      question,
      found,
      missed: wanted.filter(id => !found.includes(id)),
      wanted
    };
  });
  const wanted = results.reduce((sum, each) => sum + each.wanted.length, 0);
  const missed = results.reduce((sum, each) => sum + each.missed.length, 0);
  const recall = 1 - missed / wanted;
  expect(QUESTIONS.length).toBeGreaterThanOrEqual(60);
  expect(recall).toBeGreaterThanOrEqual(0.95);
});

it('reads the parts of a question', () => {
  expect(clausesOf('VQE for H2, plot the convergence and export CSV')).toEqual([
    'VQE for H2',
    'plot the convergence',
    'export CSV'
  ]);
});

it('keeps pinned skills whatever is asked, and the limit for the others', () => {
  const { skills, pinned } = chooseSkills(LIBRARY, 'bell state', {
    limit: 1,
    pinned: ['notebook-craft', 'gone']
  });
  expect(skills.map(({ id }) => id)).toEqual(['notebook-craft', 'quantum-circuit']);
  expect([...pinned]).toEqual(['notebook-craft']);
  expect(chooseSkills(LIBRARY, 'bell state', { limit: 0 }).skills).toEqual([]);
});
