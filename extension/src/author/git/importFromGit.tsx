import { Dialog } from '@jupyterlab/apputils';
import { linkIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import { readImport, type IImport } from '@llmos-lab/skills';

import { addCommand, textArg, type CommandArgs } from '../../addCommand';
import { showProgress, type IWatch } from '../../archive/longWork';
import { CommandIDs } from '../../commands';
import { bodyOf } from '../../dialogBody';
import type { INetWorker } from '../../net/protocol';
import { isAddress } from '../../remotes/git/connection';
import type { GithubClient } from '../../remotes/github/client';
import type { IAuthorContext } from '../context';
import { importFound } from '../transfer/commands';
import { readGitSource, type IGitSource } from './address';
import { askRepository } from './askRepository';
import { ChooseForm, type IGitFields } from './ImportForms';
import {
  readFromGit,
  readFromGithub,
  withSource,
  type IReadRepository
} from './readRepository';
import { isZip, readZip } from '../transfer/zip';

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
        existing: {
          type: 'string',
          enum: ['replace', 'rename', 'skip'],
          description: 'What to do with ids that exist; without it a dialog asks'
        }
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
  const read = (
    { url, folder, ref }: IGitFields,
    watch: IWatch
  ): Promise<IReadSource> => {
    const source = readGitSource(url, { folder, ref });
    return readAll(context, source, watch);
  };
  const done =
    fields.url === ''
      ? await askRepository({ first: fields, trans, read })
      : await showProgress(trans.__('Reading %1…', fields.url), trans, watch =>
          read(fields, watch)
        );
  if (!done) {
    return;
  }
  const { source } = done;
  const found = withSource(
    readImport(done.files, { isZip, readZip }),
    source,
    done.commit
  );
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

/** Files of a repository, and where they were. */
interface IReadSource extends IReadRepository {
  readonly source: IGitSource;
}

async function readAll(
  { startNet, githubReader, trans }: IGitImportContext,
  source: IGitSource,
  watch: IWatch
): Promise<IReadSource> {
  if (!isAddress(source.url)) {
    throw new Error(
      trans.__('This is no address. Enter one such as https://host/name.git.')
    );
  }
  const client = source.github ? await githubReader() : undefined;
  const read = client
    ? await readFromGithub(client, source, watch, trans)
    : await readFromGit(await startNet(), source, watch, trans);
  return { ...read, source };
}

async function askSkills(
  { trans }: IGitImportContext,
  { url }: IGitSource,
  { skills, problems }: IImport
): Promise<readonly string[] | undefined> {
  let ids = skills.map(({ id }) => id);
  const body = bodyOf(
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
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: trans.__('Import') })],
    focusNodeSelector: 'input'
  }).launch();
  return button.accept ? ids : undefined;
}
