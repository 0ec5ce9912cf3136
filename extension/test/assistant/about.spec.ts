import { aboutNow } from '../../src/assistant/panel/about';
import type { AssistantModel } from '../../src/assistant/panel/model';
import { assistantOver, call, gate, notebookOf, scripted, trackerOf } from './fixture';

/** What was last sent of the person: data, and the question. */
const sent = (
  requests: ReturnType<typeof scripted>['requests'],
  at: number
): string => {
  const last = requests[at]?.messages.at(-1);
  return last?.role === 'user' ? last.text : '';
};

const texts = (model: AssistantModel): readonly string[] =>
  model.messages.map(({ content }) => content);

describe('a question', () => {
  it('belongs to the cell that was selected when it was asked, and again at Retry', async () => {
    const held = gate();
    const { provider, requests } = scripted(
      () => held.passed.then(() => []),
      [{ type: 'text', text: 'It is x.' }]
    );
    const a = notebookOf('a.ipynb', 'x = 1', 'y = 2');
    const model = assistantOver(trackerOf(a.panel).tracker, provider);
    const first = model.ask('First');
    a.select('c1');
    await model.ask('What does this cell do?');
    a.select('c0');
    held.open();
    await first;
    const selected = /<data title="Selected cell">\n\[c1\] code\ny = 2\n<\/data>/;
    expect(sent(requests, 1)).toMatch(selected);
    await model.retry(model.messages.at(-1)?.id ?? '');
    expect(sent(requests, 2)).toMatch(selected);
  });

  it('waits for its own notebook, whose conversation and cells it then reads', async () => {
    const held = gate();
    const { provider, requests } = scripted(
      () => held.passed.then(() => [{ type: 'text', text: 'About a.' }]),
      [call('insert_cells', { cells: [{ type: 'code', source: 'z = 3' }] })],
      () => {
        expect(model.path).toBe('b.ipynb');
        expect(texts(model)).toEqual(['Of b']);
        return Promise.resolve([{ type: 'text', text: 'About b.' }]);
      },
      [{ type: 'text', text: 'About a again.' }]
    );
    const a = notebookOf('a.ipynb', 'x = 1');
    const b = notebookOf('b.ipynb', 'q = 1', 'q = 2');
    const { tracker, front } = trackerOf(a.panel);
    const model = assistantOver(tracker, provider);
    const first = model.ask('Of a');
    front(b.panel);
    expect([model.path, model.isInFront]).toEqual(['a.ipynb', false]);
    b.select('c1');
    await model.ask('Of b', aboutNow(b.panel));
    // Typed below the conversation of a.
    await model.ask('Of a again');
    front(a.panel);
    held.open();
    await first;
    expect(requests).toHaveLength(4);
    expect(sent(requests, 0)).toContain('Notebook a.ipynb');
    expect(sent(requests, 1)).toContain('[c1] code\nq = 2\n</data>\n\n<data');
    expect(sent(requests, 1)).toContain('Notebook b.ipynb');
    expect(sent(requests, 3)).toContain('Notebook a.ipynb');
    expect(b.sources()).toEqual(['q = 1', 'q = 2', 'z = 3']);
    expect(a.sources()).toEqual(['x = 1']);
    expect([model.path, model.isInFront]).toEqual(['a.ipynb', true]);
  });

  it('goes with its notebook when that is closed; the others are answered', async () => {
    const held = gate();
    const { provider, requests } = scripted(() => held.passed.then(() => []));
    const a = notebookOf('a.ipynb', 'x = 1');
    const b = notebookOf('b.ipynb', 'q = 1');
    const model = assistantOver(trackerOf(a.panel).tracker, provider);
    const first = model.ask('First');
    await model.ask('Of b', aboutNow(b.panel));
    await model.ask('Second');
    Object.assign(b.panel, { isDisposed: true });
    held.open();
    await first;
    expect(requests).toHaveLength(2);
    expect(sent(requests, 1)).toMatch(/Second$/);
  });

  it('asked where no notebook was open touches none that is opened later', async () => {
    const a = notebookOf('a.ipynb', 'x = 1');
    const { tracker, front } = trackerOf(null);
    const { provider } = scripted(() => {
      front(a.panel);
      const cells = [{ type: 'code', source: 'z = 3' }];
      return Promise.resolve([call('insert_cells', { cells })]);
    });
    const model = assistantOver(tracker, provider);
    const asked = model.ask('Add a cell');
    await asked;
    expect(a.sources()).toEqual(['x = 1']);
  });
});
