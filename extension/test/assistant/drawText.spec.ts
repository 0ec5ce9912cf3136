import '../browser';

import { TextDrawing } from '../../src/assistant/panel/drawText';

describe('drawing a text that is being written', () => {
  const host = document.createElement('div');
  /** Drawings that were begun, each ended by its test. */
  const begun: { readonly text: string; readonly end: () => void }[] = [];
  let drawing: TextDrawing;

  const shown = (): readonly (string | null)[] =>
    [...host.children]
      .filter(child => !(child as HTMLElement).hidden)
      .map(child => child.textContent);
  const endLast = (): void => begun.at(-1)?.end();

  beforeEach(() => {
    jest.useFakeTimers();
    begun.length = 0;
    drawing = new TextDrawing(
      host,
      (at, text, onDrawn) => {
        at.textContent = text;
        begun.push({ text, end: () => onDrawn?.() });
        return () => undefined;
      },
      () => undefined
    );
  });
  afterEach(() => {
    drawing.dispose();
    expect(host.children).toHaveLength(0);
    jest.useRealTimers();
  });

  it('draws what has come now and then, with its marks closed', () => {
    drawing.show('Run **V', { isGrowing: true });
    drawing.show('Run **VQ', { isGrowing: true });
    jest.advanceTimersByTime(200);
    drawing.show('Run **VQE', { isGrowing: true });
    jest.advanceTimersByTime(200);
    expect(begun.map(({ text }) => text)).toEqual(['Run **VQ**', 'Run **VQE**']);
  });

  it('keeps what stands there until the next drawing does', () => {
    drawing.show('One', { isGrowing: true });
    jest.advanceTimersByTime(200);
    endLast();
    drawing.show('One two', { isGrowing: false });
    jest.advanceTimersByTime(20);
    expect(shown()).toEqual(['One']);
    endLast();
    expect(shown()).toEqual(['One two']);
  });

  it('draws a whole text once, and no draft of it after', () => {
    drawing.show('On', { isGrowing: true });
    drawing.show('One.', { isGrowing: false });
    jest.advanceTimersByTime(500);
    expect(begun.map(({ text }) => text)).toEqual(['One.']);
  });
});
