/** @jest-environment jsdom */
import { keepServiceWorker } from '../../src/lite/keepServiceWorker';

const bootScript = (): HTMLScriptElement => {
  const script = document.createElement('script');
  script.src = 'https://ana.example.org/lab/llmos/boot.js';
  script.dataset.version = '0.8.6';
  return script;
};

describe('keepServiceWorker', () => {
  const marked = (
    scriptURL?: string,
    script: HTMLScriptElement | null = bootScript()
  ) => {
    const setItem = jest.fn<void, [string, string]>();
    const controller = scriptURL ? ({ scriptURL } as ServiceWorker) : null;
    keepServiceWorker(script, { serviceWorker: { controller } }, { setItem });
    return setItem.mock.calls;
  };

  it('tells JupyterLite that our worker is of its version', () => {
    const url = 'https://ana.example.org/lab/service-worker.js?enableCache=true';
    expect(marked(url)).toEqual([[`${url}-version`, '0.8.6']]);
  });

  it.each([
    [
      'the worker of a site around this one',
      'https://ana.example.org/service-worker.js'
    ],
    ['no worker', undefined]
  ])('marks %s not', (_, url) => expect(marked(url)).toEqual([]));

  it('does nothing where there are no service workers', () => {
    const setItem = jest.fn<void, [string, string]>();
    keepServiceWorker(bootScript(), {}, { setItem });
    expect(setItem).not.toHaveBeenCalled();
  });
});
