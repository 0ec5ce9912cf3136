/**
 * `search`: how long 2,000 skills take to answer a query, against one frame of 16.7 ms.
 * The skills are the system library's texts with words exchanged between them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSkillSearch, parseSkill, type ISkill } from '../src/index';
import { median, report, slow } from '../../ui-tests/bench/report';

const COUNT = 2000;
const FOLDER = join('skills', 'library', 'system');
const QUERIES = [
  'vqe',
  'hamil',
  'scater plot',
  'plot the convergence of an optimisation',
  'export results to a csv file',
  'quantm circiut with entanglement',
  'p'
];

const library: readonly ISkill[] = readdirSync(FOLDER)
  .filter(file => file.endsWith('.md'))
  .flatMap(
    file => parseSkill(readFileSync(join(FOLDER, file), 'utf8'), file).skill ?? []
  );
const words = library
  .flatMap(skill => skill.body.split(/[^\p{L}]+/u))
  .filter(word => word.length > 2);

/** A library skill in which every third word of the text is one of another skill. */
function variant(index: number): ISkill {
  const base = library[index % library.length];
  if (!base) {
    throw new Error(`There are no skills in ${FOLDER}.`);
  }
  let at = index * 7919;
  const mix = (text: string): string =>
    text
      .split(' ')
      .map((word, n) =>
        n % 3 === 0 ? (words[(at += 104729) % words.length] ?? '') : word
      )
      .join(' ');
  return {
    ...base,
    id: `${base.id}-${index}`,
    name: mix(base.name),
    description: mix(base.description),
    aliases: [],
    body: mix(base.body)
  };
}

const skills = Array.from({ length: COUNT }, (_, index) => variant(index));
const start = performance.now();
const index = createSkillSearch(skills);
const built = performance.now() - start;
const times = QUERIES.flatMap(query =>
  Array.from({ length: 20 }, () => {
    const begin = performance.now();
    index.search(query, 20);
    return performance.now() - begin;
  })
);
report('search', null, [
  { metric: `index of ${COUNT} skills`, value: built, unit: 'ms' },
  { metric: 'query, median', value: median(times), unit: 'ms' },
  {
    metric: 'query, 95 of 100 within',
    value: slow(times),
    unit: 'ms'
  }
]);
