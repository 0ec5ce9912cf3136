import '../browser';

import { previewOf } from '../../src/graph/graphModel/preview';

const value = (
  data: Record<string, unknown>
): Parameters<typeof previewOf>[0][number] => ({
  type: 'execute_result',
  data
});

describe('previewOf', () => {
  it('is nothing without outputs', () => {
    expect(previewOf([])).toBeNull();
  });

  it('shows the last value', () => {
    expect(
      previewOf([value({ 'text/plain': '1' }), value({ 'text/plain': '2\n' })])
    ).toEqual({
      kind: 'text',
      text: '2'
    });
  });

  it('says that somebody has stopped the cell, which is no error', () => {
    const stop = { type: 'error', data: {}, text: 'KeyboardInterrupt', isStop: true };
    expect(previewOf([value({ 'text/plain': '1' }), stop])).toEqual({
      kind: 'stopped',
      text: ''
    });
  });

  it('shows a picture with its text', () => {
    expect(
      previewOf([value({ 'image/png': 'iV\nBO', 'text/plain': 'Figure' })])
    ).toEqual({
      kind: 'image',
      src: 'data:image/png;base64,iVBO',
      text: 'Figure',
      isLineArt: false
    });
  });

  it.each(['AA"/><script>alert(1)</script>', '', 'AA=A', 'AA&quot;'])(
    'takes no picture from what is not Base64: %s',
    png => {
      const preview = previewOf([value({ 'image/png': png, 'text/plain': 'Figure' })]);
      expect(preview).toEqual({ kind: 'text', text: 'Figure' });
    }
  );

  it('shows an error before all else', () => {
    const error = { type: 'error', data: {}, text: 'ValueError: no' };
    expect(previewOf([error, value({ 'text/plain': '1' })])).toEqual({
      kind: 'error',
      text: 'ValueError: no'
    });
  });

  it('shows the last printed line when there is no value', () => {
    const printed = { type: 'stream', data: {}, text: 'a\nb\n' };
    expect(previewOf([printed])).toEqual({ kind: 'text', text: 'b' });
  });

  it('keeps an error whole', () => {
    const text = `ValueError: ${'no '.repeat(100)}end`;
    expect(previewOf([{ type: 'error', data: {}, text }])?.text).toBe(text);
  });

  it('cuts long texts', () => {
    const preview = previewOf([value({ 'text/plain': 'x'.repeat(1000) })]);
    expect(preview?.text.length).toBeLessThan(200);
  });
});
