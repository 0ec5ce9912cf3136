/** @jest-environment node */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { CommandIDs } from '../src/commands';

interface ISchema {
  readonly 'jupyter.lab.menus'?: { readonly main?: readonly IMenu[] };
}

interface IMenu {
  readonly id: string;
  readonly items?: readonly IItem[];
}

interface IItem {
  readonly command?: string;
  readonly submenu?: IMenu;
}

const commandsIn = ({ items = [] }: IMenu): readonly string[] =>
  items.flatMap(({ command = [], submenu }) =>
    submenu ? commandsIn(submenu) : command
  );

const FOLDER = join(__dirname, '../schema');

/** The commands that the schemas put into menus, of one menu alone where one is named. */
function menuCommands(menu?: string): string[] {
  return readdirSync(FOLDER)
    .map(name => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as ISchema)
    .flatMap(schema => schema['jupyter.lab.menus']?.main ?? [])
    .filter(({ id }) => menu === undefined || id === menu)
    .flatMap(commandsIn);
}

describe('menus', () => {
  it('have what brings work out and back in under File, as the guides say', () => {
    expect(menuCommands('jp-mainmenu-file')).toEqual(
      expect.arrayContaining([
        ...[CommandIDs.exportVolume, CommandIDs.importVolume],
        ...[CommandIDs.showStorage, CommandIDs.backUp, CommandIDs.restoreBackup],
        CommandIDs.openShare
      ])
    );
  });

  it('name commands of ours that exist', () => {
    const ours = menuCommands().filter(command => command.startsWith('llmos:'));
    const known: readonly string[] = Object.values(CommandIDs);
    expect(ours.filter(command => !known.includes(command))).toEqual([]);
  });
});
