import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import type { ISkillEntry } from '@llmos-lab/kernel';
import * as React from 'react';
import { createRoot, type Root } from 'react-dom/client';

import { SkillPanelModel } from '../../src/skills/panelModel';
import { SkillPanelView } from '../../src/skills/SkillPanel';
import { contextOf, entryOf, HAMILTONIAN, libraryOf, VQE } from './fixtures';

const { act } = React;
const trans = nullTranslator.load('llmos');
const MINE = entryOf('my-plot', {
  name: 'My plot',
  category: 'plotting',
  volume: 'user',
  shadows: ['system:skills/my-plot.md']
});

describe('SkillPanelView', () => {
  let root: Root;
  let host: HTMLElement;
  let model: SkillPanelModel;
  let calls: [action: string, ...args: unknown[]][];

  const show = (): void =>
    act(() =>
      root.render(
        <SkillPanelView
          state={model.state}
          actions={{
            toggle: id => model.toggle(id),
            insert: id => calls.push(['insert', id]),
            open: id => calls.push(['open', id]),
            copy: id => calls.push(['copy', id]),
            openFile: path => calls.push(['openFile', path]),
            compare: (used, hidden) => calls.push(['compare', used, hidden]),
            showMenu: id => calls.push(['showMenu', id]),
            createSkill: () => calls.push(['createSkill']),
            chooseImport: () => calls.push(['chooseImport']),
            importFromGit: () => calls.push(['importFromGit']),
            importDropped: () => calls.push(['importDropped']),
            openProblem: ({ file, line }) => calls.push(['openProblem', file, line]),
            example: ({ skill }) => `call of ${skill.id}`,
            renderMarkdown: (at, markdown) => {
              at.textContent = `rendered: ${markdown}`;
              return () => {
                calls.push(['unrender', at.isConnected]);
                at.textContent = '';
              };
            }
          }}
          setQuery={query => model.setQuery(query)}
          setFilter={(facet, value) => model.setFilter(facet, value)}
          showAll={() => model.showAll()}
          clear={() => model.clear()}
          trans={trans}
        />
      )
    );

  const open = async (...entries: ISkillEntry[]): Promise<void> => {
    const { library, index } = libraryOf(...entries);
    await library.ready;
    index.shadowed = hidden;
    index.problems = [
      {
        code: 'unknown-type',
        severity: 'error',
        message: 'Type "pyton" is not known. Write python-wasm.',
        file: 'user:skills/bad.md',
        line: 7
      }
    ];
    model = new SkillPanelModel(library);
    model.stateChanged.connect(show);
    show();
  };

  let hidden: readonly ISkillEntry[] = [];
  const card = (id: string): HTMLElement => find(`[data-skill="${id}"]`);
  const find = (selector: string): HTMLElement => {
    const found = host.querySelector<HTMLElement>(selector);
    if (!found) {
      throw new Error(`no ${selector} in ${host.innerHTML}`);
    }
    return found;
  };
  const button = (label: string, within: HTMLElement = host): HTMLButtonElement => {
    const found = [...within.querySelectorAll('button')].find(
      each => each.textContent === label
    );
    if (!found) {
      throw new Error(`no button "${label}"`);
    }
    return found;
  };
  const click = (element: HTMLElement): void => act(() => element.click());
  const press = (key: string, init: KeyboardEventInit = {}): boolean => {
    const event = new KeyboardEvent('keydown', {
      key,
      bubbles: true,
      cancelable: true,
      ...init
    });
    act(() => {
      (document.activeElement ?? host).dispatchEvent(event);
    });
    return event.defaultPrevented;
  };

  beforeEach(() => {
    calls = [];
    host = document.createElement('div');
    document.body.append(host);
    root = createRoot(host);
  });
  afterEach(() => {
    act(() => root.unmount());
    host.remove();
    model.dispose();
  });

  it('says that it reads while it reads, and what it is for when empty', async () => {
    const { library } = libraryOf();
    model = new SkillPanelModel(library);
    show();
    expect(host.textContent).toContain('Reading the library');
    await library.ready;
    model.setQuery('');
    show();
    expect(host.textContent).toContain('There are none here yet');
  });

  it('shows cards by volume with ports, type and what they replace', async () => {
    await open(HAMILTONIAN, MINE, VQE);
    const headings = [...host.querySelectorAll('h3')].map(each => each.textContent);
    expect(headings).toEqual(['My volume1', 'System library2']);
    expect(card('quantum-vqe').textContent).toContain('hamiltonian, iterations');
    expect(card('quantum-vqe').textContent).toContain('qiskit');
    expect(card('my-plot').textContent).toContain('shadows system');
  });

  it('marks what was applied automatically and nobody has reviewed', async () => {
    const text = '---\nname: Plot\nlearned_draft: true\n---\n';
    await open({ ...MINE, text }, VQE);
    expect(card('my-plot').textContent).toContain('draft');
    expect(card('quantum-vqe').textContent).not.toContain('draft');
  });

  it('says which file a skill shadows, and shows the hidden one in its volume', async () => {
    hidden = [entryOf('my-plot', { name: 'Shipped plot', volume: 'system' })];
    await open(MINE, VQE);
    const [other] = hidden;
    const at = find(`[data-hidden="${other?.path}"]`);
    expect(at.textContent).toContain(`Shadowed by ${MINE.path}`);
    click(button('Open', at));
    click(button('Compare', at));
    model.toggle('my-plot');
    expect(card('my-plot').textContent).toContain('Shadows system:skills/my-plot.md');
    click(button('Compare', card('my-plot')));
    expect(calls).toEqual([
      ['openFile', MINE.path],
      ['compare', MINE.path, other?.path],
      ['compare', MINE.path, 'system:skills/my-plot.md']
    ]);
    hidden = [];
  });

  it('opens a card to its text, typed ports with units, example and actions', async () => {
    await open(HAMILTONIAN, VQE);
    click(find('[data-card="quantum-vqe"]'));
    const text = card('quantum-vqe').textContent ?? '';
    expect(text).toContain('What quantum-vqe does.');
    expect(text).toContain('iterationsinteger= 1001 … 10000');
    expect(text).toContain('hamiltonianobjectrequired');
    expect(text).toContain('eigenvaluenumber · Ha');
    expect(text).toContain('call of quantum-vqe');
    click(button('Copy to my volume'));
    click(button('Open', find('.llmos-SkillCard-actions')));
    click(button('Insert', card('quantum-vqe')));
    expect(calls).toEqual([
      ['copy', 'quantum-vqe'],
      ['open', 'quantum-vqe'],
      ['insert', 'quantum-vqe']
    ]);
  });

  it('takes rendered text out while it is still in the page', async () => {
    await open(contextOf('python-coding'));
    click(find('[data-card="python-coding"]'));
    click(find('[data-card="python-coding"]'));
    expect(calls).toEqual([['unrender', true]]);
  });

  it('offers Edit, not a copy, for an own skill', async () => {
    await open(MINE);
    click(find('[data-card="my-plot"]'));
    expect(button('Edit')).toBeTruthy();
    expect(host.textContent).not.toContain('Copy to my volume');
  });

  it('says that a context skill is for the assistant and inserts nothing', async () => {
    await open(contextOf('python-coding'));
    expect(card('python-coding').textContent).toContain('for the assistant');
    expect(button('Insert').disabled).toBe(true);
    click(find('[data-card="python-coding"]'));
    expect(host.textContent).toContain('rendered: ## Approach');
    find('[data-card="python-coding"]').focus();
    press('Enter', { ctrlKey: true });
    expect(calls).toEqual([]);
  });

  it('lists a broken file with its line and opens it there', async () => {
    await open(VQE);
    const list = find('.llmos-ProblemList');
    expect(list.textContent).toContain('1 problem');
    expect(list.textContent).toContain('user:skills/bad.mdline 7');
    expect(list.textContent).toContain('Type "pyton" is not known');
    click(button('Open', list));
    expect(calls).toEqual([['openProblem', 'user:skills/bad.md', 7]]);
  });

  it('filters by a chip and shows all when nothing matches', async () => {
    await open(MINE, VQE);
    click(button('plotting'));
    expect(host.querySelectorAll('[data-skill]')).toHaveLength(1);
    act(() => model.setQuery('zzzzzzz'));
    expect(host.textContent).toContain('No skill matches');
    click(button('Show all skills'));
    expect(host.querySelectorAll('[data-skill]')).toHaveLength(2);
  });

  it('filters by volume and kind, and says how many each has', async () => {
    await open(contextOf('python-coding'), MINE, VQE);
    const select = (label: string): HTMLSelectElement =>
      find(`select[aria-label="${label}"]`) as HTMLSelectElement;
    const options = (label: string): string[] =>
      [...select(label).options].map(option => option.text);
    expect(options('Filter by volume')).toEqual([
      ...['All volumes', 'System library (2)', 'My volume (1)']
    ]);
    expect(options('Filter by kind')).toEqual([
      ...['All kinds', 'for the assistant (1)', 'qiskit (2)']
    ]);
    act(() => {
      select('Filter by kind').value = 'context';
      select('Filter by kind').dispatchEvent(new Event('change', { bubbles: true }));
    });
    expect(host.querySelectorAll('[data-skill]')).toHaveLength(1);
    expect(card('python-coding')).toBeTruthy();
  });

  it('works by keyboard alone', async () => {
    await open(HAMILTONIAN, VQE);
    const search = find('.llmos-SkillPanel-search');
    const focused = (): string | undefined =>
      (document.activeElement as HTMLElement).dataset.card;
    search.focus();
    expect(press('ArrowDown')).toBe(true);
    expect(focused()).toBe('quantum-hamiltonian');
    press('ArrowDown');
    press('ArrowDown');
    expect(focused()).toBe('quantum-vqe');
    press('Enter', { ctrlKey: true });
    expect(calls).toEqual([['insert', 'quantum-vqe']]);
    press('ArrowUp');
    press('ArrowUp');
    expect(document.activeElement).toBe(search);
    press('ArrowDown');
    expect(press('f', { ctrlKey: true })).toBe(true);
    expect(document.activeElement).toBe(search);
    expect(press('x')).toBe(false);
  });
});
