import { Dialog } from '@jupyterlab/apputils';
import { ReactWidget, linkIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { addCommand, textArg, type CommandArgs } from '../../addCommand';
import { showProgress, type IWatch } from '../../archive/longWork';
import { CommandIDs } from '../../commands';
import type { INetWorker } from '../../net/protocol';
import type { GithubClient } from '../../remotes/github/client';
import type { IAuthorContext } from '../context';
import { importFound } from '../transfer/commands';
import { readImport, type IImport } from '../transfer/importSkills';
import { readGitSource, type IGitSource } from './address';
import { ChooseForm, GitForm, type IGitFields } from './ImportForms';
import {
  readFromGit,
  readFromGithub,
  withSource,
  type IReadRepository
} from './readRepository';

/** What the command needs beside the other authoring commands. */
export interface IGitImportContext extends IAuthorContext {
  readonly startNet: () => Promise<INetWorker>;
  /** Reads github.com as who is signed in, else as anybody; undefined without GitHub. */
  readonly githubReader: () => Promise<GithubClient | undefined>;
}

/** Adds the command that copies skills from any public Git repository. */
export function addGitImport(context: IGitImportContext): void {
  const { trans } = context;
  addCommand(
    context,
    CommandIDs.importFromGit,
    {
      label: trans.__('Import skills from Git…'),
      caption: trans.__('Copy skills of a public repository, or of a folder of one'),
      icon: linkIcon,
      args: {
        url: {
          type: 'string',
          description: 'Address of the repository; without it a dialog asks'
        },
        folder: { type: 'string', description: 'Folder of the repository' },
        ref: { type: 'string', description: 'Branch or tag' },
        all: { type: 'boolean', description: 'Take all that is found, without asking' },
        existing: { type: 'string', enum: ['replace', 'rename', 'skip'] }
      }
    },
    args => importFromGit(context, args)
  );
}

async function importFromGit(
  context: IGitImportContext,
  args: CommandArgs
): Promise<void> {
  const { trans } = context;
  const fields: IGitFields = {
    url: textArg(args, 'url') ?? '',
    folder: textArg(args, 'folder') ?? '',
    ref: textArg(args, 'ref') ?? ''
  };
  const asked = fields.url === '' ? await askSource(context, fields) : fields;
  if (!asked) {
    return;
  }
  const source = readGitSource(asked.url, asked);
  const text = trans.__('Reading %1…', source.url);
  const read = await showProgress(text, trans, watch =>
    readAll(context, source, watch)
  );
  if (!read) {
    return;
  }
  const found = withSource(readImport(read.files), source, read.commit);
  if (found.skills.length === 0 || args.all === true) {
    await importFound(context, found, args);
    return;
  }
  const ids = await askSkills(context, source, found);
  if (ids && ids.length > 0) {
    const skills = found.skills.filter(({ id }) => ids.includes(id));
    // The problems were shown with the choice.
    await importFound(context, { skills, problems: [] }, args);
  }
}

async function readAll(
  { startNet, githubReader }: IGitImportContext,
  source: IGitSource,
  watch: IWatch
): Promise<IReadRepository> {
  const client = source.github ? await githubReader() : undefined;
  return client
    ? readFromGithub(client, source, watch)
    : readFromGit(await startNet(), source, watch);
}

async function askSource(
  { trans }: IGitImportContext,
  first: IGitFields
): Promise<IGitFields | undefined> {
  let fields = first;
  const body = ReactWidget.create(
    <GitForm
      {...{ first, trans }}
      change={next => {
        fields = next;
      }}
    />
  );
  body.addClass('llmos-GitImport');
  const { button } = await new Dialog({
    title: trans.__('Import skills from Git'),
    body,
    focusNodeSelector: 'input',
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: trans.__('Read') })]
  }).launch();
  if (!button.accept) {
    return undefined;
  }
  if (fields.url.trim() === '') {
    throw new Error(trans.__('Enter the address of a repository.'));
  }
  return fields;
}

async function askSkills(
  { trans }: IGitImportContext,
  { url }: IGitSource,
  { skills, problems }: IImport
): Promise<readonly string[] | undefined> {
  let ids = skills.map(({ id }) => id);
  const body = ReactWidget.create(
    <ChooseForm
      {...{ skills, problems, trans }}
      change={next => {
        ids = [...next];
      }}
    />
  );
  body.addClass('llmos-GitImport');
  const { button } = await new Dialog({
    title: trans.__('Skills of %1', url),
    body,
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: trans.__('Import') })]
  }).launch();
  return button.accept ? ids : undefined;
}
