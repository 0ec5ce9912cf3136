import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { Page } from '@playwright/test';

/** Runs a command of the application; what it returns must be JSON. */
export async function runCommand(
  page: Page,
  id: string,
  args: ReadonlyPartialJSONObject = {}
): Promise<unknown> {
  await page.waitForFunction(() => globalThis.jupyterapp !== undefined);
  return page.evaluate(
    async ([name, given]) => {
      await globalThis.jupyterapp?.restored;
      return (await globalThis.jupyterapp?.commands.execute(name, given)) as unknown;
    },
    [id, args] as const
  );
}

/** Saves or deletes through Contents, as every panel does: `done`, or why not. */
export async function tryChange(
  page: Page,
  call: 'save' | 'delete',
  path: string
): Promise<string> {
  return page.evaluate(
    async ([wanted, file]) => {
      const contents = globalThis.jupyterapp?.serviceManager.contents;
      try {
        await (wanted === 'save'
          ? contents?.save(file, { type: 'file', format: 'text', content: 'x' })
          : contents?.delete(file));
        return 'done';
      } catch (error) {
        return String(error);
      }
    },
    [call, path] as const
  );
}
