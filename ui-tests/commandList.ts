import type { Page } from '@playwright/test';

/** What is told of one argument of a command. */
interface IArgumentSchema {
  readonly description?: string;
}

/** A command of ours as the application's registry describes it. */
export interface IListedCommand {
  readonly id: string;
  readonly label: string;
  readonly caption: string;
  readonly bindings: readonly {
    readonly keys: readonly string[];
    readonly selector: string;
    readonly args: object;
  }[];
  /** JSON schema of the arguments; null where the command describes none. */
  readonly args: {
    readonly properties?: Readonly<Record<string, IArgumentSchema>>;
    readonly required?: readonly string[];
  } | null;
}

/** Our commands in the registry of a test site's page, by id. */
export async function listCommands(page: Page): Promise<readonly IListedCommand[]> {
  await page.waitForFunction(() => globalThis.jupyterapp !== undefined);
  const text = await page.evaluate(async () => {
    const app = globalThis.jupyterapp;
    if (!app) {
      return '[]';
    }
    await app.restored;
    const { commands } = app;
    const ids = commands
      .listCommands()
      .filter(id => id.startsWith('llmos:'))
      .sort();
    const all = ids.map(async id => ({
      id,
      label: commands.label(id),
      caption: commands.caption(id),
      bindings: commands.keyBindings
        .filter(({ command }) => command === id)
        .map(({ keys, selector, args }) => ({ keys, selector, args })),
      args: (await commands.describedBy(id)).args ?? null
    }));
    return JSON.stringify(await Promise.all(all));
  });
  return JSON.parse(text) as readonly IListedCommand[];
}

/** What is missing for somebody to know what a command does, in words. */
export function gapsOf({
  id,
  label,
  caption,
  args
}: IListedCommand): readonly string[] {
  const described = Object.entries(args?.properties ?? {});
  return [
    ...(label === '' || label === id ? [`${id} has no label`] : []),
    ...(caption === '' ? [`${id} has no caption`] : []),
    ...(args === null ? [`${id} does not describe its arguments`] : []),
    ...described
      .filter(([, { description }]) => !description)
      .map(([name]) => `${id} does not say what its argument "${name}" is`)
  ];
}
