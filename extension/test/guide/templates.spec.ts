import '../browser';

import type { Contents } from '@jupyterlab/services';
import { nullTranslator } from '@jupyterlab/translation';
import {
  buildGraph,
  formatWorkflow,
  fromWorkflow,
  isSkillNode,
  notebookCells,
  parseSkill,
  parseWorkflow,
  type ISkill
} from '@llmos-lab/skills';
import { webcrypto } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { TEMPLATE_IDS, templateCards } from '../../src/guide/templates/cards';
import { createNotebook } from '../../src/guide/templates/create';
import { templateWorkflow } from '../../src/guide/templates/workflows';
import { HAMILTONIAN, libraryOf, VQE } from '../skills/fixtures';

if (!('getRandomValues' in (globalThis.crypto ?? {}))) {
  Object.defineProperty(globalThis, 'crypto', { value: webcrypto });
}

const trans = nullTranslator.load('llmos');
const FOLDER = join(__dirname, '../../../skills/library/system');

/** The library that the site ships, by id. */
const SHIPPED = new Map<string, ISkill>(
  readdirSync(FOLDER)
    .filter(name => name.endsWith('.md'))
    .flatMap(name => {
      const { skill } = parseSkill(readFileSync(join(FOLDER, name), 'utf8'), name);
      return skill ? [[skill.id, skill] as const] : [];
    })
);

describe('templates', () => {
  it.each(TEMPLATE_IDS)('%s calls shipped skills with inputs that fit', id => {
    const workflow = templateWorkflow(id, trans);
    const skills = workflow.nodes.filter(isSkillNode).map(({ skill }) => skill);
    expect(skills.filter(skill => !SHIPPED.has(skill))).toEqual([]);
    const text = formatWorkflow(workflow);
    const { problems } = parseWorkflow(text, skill => SHIPPED.get(skill));
    expect(problems).toEqual([]);
  });

  it.each(TEMPLATE_IDS)('%s uses no name that it has not defined', id => {
    let count = 0;
    const cells = fromWorkflow(
      templateWorkflow(id, trans),
      skill => SHIPPED.get(skill),
      () => `cell-${count++}`
    );
    const sources = cells.filter(({ type }) => type === 'code');
    const { cells: read } = buildGraph(sources);
    expect(read.some(({ analysis }) => analysis.incomplete)).toBe(false);
    const defined = new Set<string>();
    for (const { analysis } of read) {
      expect(analysis.uses.filter(name => !defined.has(name))).toEqual([]);
      analysis.defines.forEach(name => defined.add(name));
    }
    expect(cells[0]?.source).toMatch(/^# /);
  });

  it('has a card for each', () => {
    expect(Object.keys(templateCards(trans))).toEqual([...TEMPLATE_IDS]);
  });
});

/** A drive with files in its root. */
class Files {
  readonly files = new Map<string, unknown>([['vqe-study.ipynb', {}]]);

  get(): Promise<Contents.IModel> {
    const content = [...this.files.keys()].map(name => ({ name }));
    return Promise.resolve({ content } as unknown as Contents.IModel);
  }

  save(path: string, model: Partial<Contents.IModel>): Promise<void> {
    this.files.set(path, model.content);
    return Promise.resolve();
  }
}

describe('createNotebook', () => {
  it('takes a free name, and says which skills it was made with', async () => {
    const files = new Files();
    const contents = files as unknown as Contents.IManager;
    const { library } = libraryOf(HAMILTONIAN, VQE);
    const workflow = templateWorkflow('vqe-study', trans);
    const path = await createNotebook({ contents, library }, '', workflow);
    expect(path).toBe('vqe-study-2.ipynb');
    const cells = notebookCells(files.files.get(path)) ?? [];
    const call = cells.find(({ source }) => source.startsWith('h = await'));
    expect(call?.source).toContain('bond_length=0.9');
    expect(call?.metadata['llmos']).toMatchObject({
      skill: 'quantum-hamiltonian',
      version: HAMILTONIAN.version
    });
  });
});
