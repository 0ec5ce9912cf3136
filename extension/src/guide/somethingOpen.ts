import type { ILabShell } from '@jupyterlab/application';

/** Resolves when a document, or the launcher, is open. */
export async function somethingOpen({
  currentWidget,
  currentChanged
}: Pick<ILabShell, 'currentWidget' | 'currentChanged'>): Promise<void> {
  if (currentWidget) {
    return;
  }
  await new Promise<void>(done => {
    const onChanged = (): void => {
      currentChanged.disconnect(onChanged);
      done();
    };
    currentChanged.connect(onChanged);
  });
}
