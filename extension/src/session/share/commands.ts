import { Clipboard, Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import { downloadIcon, shareIcon } from '@jupyterlab/ui-components';
import {
  chatMarkdown,
  commitNotebook,
  groupMessages,
  isRecord,
  notebookCopy,
  placeMessage,
  previewCommit,
  sessionFolder,
  type IChatMessage,
  type ICommitPreview,
  type IIncomingFile,
  type IPreparedCommit
} from '@llmos-lab/skills';

import { addCommand, textArg, type CommandArgs } from '../../addCommand';
import { CommandIDs } from '../../commands';
import { download } from '../../download';
import { fileName } from '../../mime/dom';
import { sizeText } from '../../size';
import { STAYS } from '../../stays';
import { readForCommit } from '../commit/commitSession';
import { secretsText } from '../commit/SecretList';
import { requireSession, SESSION_ARGS, type ISessionContext } from '../context';
import { saveNotebook } from '../placeNotebook';
import { readJson } from '../store/driveFiles';
import type { VolumeSessions } from '../store/volumeSessions';
import { withoutSession } from '../store/workingNotebook';
import { heldBy, type Made } from './resultMarks';
import { packShare, SHARED_NOTEBOOK, toFragment } from './shareBundle';

/** Adds the commands that give a session or its conversation to others. */
export function addShareCommands(context: ISessionContext): void {
  const { trans } = context;
  addCommand(
    context,
    CommandIDs.shareSession,
    {
      label: trans.__('Share session'),
      labelFor: ({ as }) =>
        as === 'link'
          ? trans.__('Share as a link')
          : as === 'zip'
            ? trans.__('Share as a zip')
            : undefined,
      caption: trans.__('A copy that opens read-only in another browser'),
      icon: shareIcon,
      args: {
        ...SESSION_ARGS,
        as: {
          type: 'string',
          enum: ['zip', 'link'],
          default: 'zip',
          description: 'A file, or an address that carries a small notebook'
        },
        allowSecrets: {
          type: 'boolean',
          default: false,
          description: 'Share without asking even what looks like a secret'
        }
      }
    },
    args => shareSession(context, args)
  );
  addCommand(
    context,
    CommandIDs.exportChat,
    {
      label: trans.__('Export conversation'),
      labelFor: ({ format }) =>
        format === 'json'
          ? trans.__('Export conversation as JSON')
          : trans.__('Export conversation as Markdown'),
      caption: trans.__('Download the conversation of the session'),
      icon: downloadIcon,
      args: {
        ...SESSION_ARGS,
        format: {
          type: 'string',
          enum: ['markdown', 'json'],
          default: 'markdown',
          description: 'To read, or for programs'
        }
      }
    },
    args => exportChat(context, args)
  );
}

/** @returns the link, or null for a zip and when the person cancels */
async function shareSession(
  context: ISessionContext,
  args: CommandArgs
): Promise<string | null> {
  const { sessions, documents } = context;
  const summary = await requireSession(context, args);
  const { session } = summary;
  const volume = sessions.volumeOf(summary.volume);
  await saveNotebook(documents, session);
  const copy = await volume.files.notebook(notebookCopy(session));
  const there = await sessions.workingNotebook(session);
  const notebook = there.kind === 'notebook' ? there.content : copy;
  if (!isRecord(notebook)) {
    throw new Error(context.trans.__('"%1" is gone; nothing to share.', session.path));
  }
  const prepared = await readForCommit(volume, session, notebook, name =>
    sessions.fileBeside(session, name)
  );
  const choice = {
    name: session.name,
    prompt: prepared.prompt,
    outputs: 'keep'
  } as const;
  const preview = previewCommit(prepared, choice, session.updated_at);
  if (args['allowSecrets'] !== true && !(await maySend(context, preview))) {
    return null;
  }
  const held = heldBy(notebook);
  const made: Made = (await context.marks?.of(session.path, held)) ?? new Map();
  if (args['as'] === 'link') {
    return shareLink(context, session.name, notebook, made);
  }
  const files = await shareFiles(volume, prepared, preview);
  const zip = packShare({ name: session.name, files, made });
  const name = fileName(session.name, 'session', 'llmos.zip');
  download(new Blob([zip as BlobPart], { type: 'application/zip' }), name);
  Notification.success(
    context.trans.__(
      'Saved %1 (%2). "Open shared session…" opens it read-only.',
      name,
      sizeText(zip.length)
    ),
    { autoClose: STAYS.warning }
  );
  return null;
}

/** Secrets are shown before anything leaves the browser. */
async function maySend(
  { trans }: ISessionContext,
  { secrets }: ICommitPreview
): Promise<boolean> {
  if (secrets.length === 0) {
    return true;
  }
  const { button } = await showDialog({
    title: trans.__('Share what looks like secrets?'),
    body: trans.__(
      'Whoever gets the share can read them: %1.',
      secretsText(secrets, trans)
    ),
    buttons: [Dialog.cancelButton(), Dialog.warnButton({ label: trans.__('Share') })]
  });
  return button.accept;
}

/** The files that a commit would have, with the notebook under one name. */
async function shareFiles(
  { files }: VolumeSessions,
  { session, details }: IPreparedCommit,
  preview: ICommitPreview
): Promise<readonly IIncomingFile[]> {
  const folder = `${sessionFolder(session.id)}/`;
  const found = new Map<string, Uint8Array>();
  const stay = details.artifacts.flatMap(({ path }) =>
    path === undefined || preview.removed.includes(path) ? [] : [path]
  );
  for (const path of [`${folder}chat.jsonl`, `${folder}traces.jsonl`, ...stay]) {
    const bytes = await files.bytes(path);
    if (bytes) {
      found.set(path.slice(folder.length), bytes);
    }
  }
  for (const [path, content] of preview.files) {
    const name =
      path === notebookCopy(session) ? SHARED_NOTEBOOK : path.slice(folder.length);
    found.set(
      name,
      typeof content === 'string' ? new TextEncoder().encode(content) : content
    );
  }
  return [...found].map(([path, bytes]) => ({ path, bytes }));
}

/** With outputs where they fit into a link, and what made them where that does, else without. */
async function shareLink(
  { trans }: ISessionContext,
  name: string,
  notebook: Readonly<Record<string, unknown>>,
  made: Made
): Promise<string> {
  const fragment = (outputs: 'keep' | 'clear', marks?: Made): string | null =>
    toFragment(
      name,
      withoutSession(asRecord(readJson(commitNotebook(notebook, outputs)))),
      marks
    );
  const whole = fragment('keep', made) ?? fragment('keep');
  const found = whole ?? fragment('clear');
  if (found === null) {
    throw new Error(
      trans.__('This notebook is too long for a link. Share it as a zip instead.')
    );
  }
  const { origin, pathname } = window.location;
  const link = `${origin}${pathname}${found}`;
  const { button } = await showDialog({
    title: trans.__('Share as a link'),
    body:
      whole === null
        ? trans.__(
            'The link carries the notebook without its outputs, which are too long for a link. It opens read-only; nothing is sent to a server.'
          )
        : trans.__(
            'The link carries the notebook with its outputs. It opens read-only; nothing is sent to a server.'
          ),
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: trans.__('Copy link') })]
  });
  if (button.accept) {
    Clipboard.copyToSystem(link);
    Notification.success(trans.__('The link is in the clipboard.'), {
      autoClose: 4000
    });
  }
  return link;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

/** Each conversation after the other, and each answer behind its question. */
function toRead(messages: readonly IChatMessage[]): readonly IChatMessage[] {
  return groupMessages(messages.map(placeMessage)).flatMap(each => each.messages);
}

async function exportChat(context: ISessionContext, args: CommandArgs): Promise<void> {
  const { sessions, trans } = context;
  const { session, volume } = await requireSession(context, args);
  const { messages } = await sessions.details(session.id, volume);
  if (messages.length === 0) {
    Notification.info(trans.__('"%1" has no conversation yet.', session.name), {
      autoClose: 4000
    });
    return;
  }
  const isJson = textArg(args, 'format') === 'json';
  const text = isJson
    ? JSON.stringify({ v: 1, session, messages }, null, 2)
    : chatMarkdown(session.name, toRead(messages));
  download(
    new Blob([`${text}\n`], { type: isJson ? 'application/json' : 'text/markdown' }),
    fileName(session.name, 'conversation', isJson ? 'json' : 'md')
  );
}
