import { Notification } from '@jupyterlab/apputils';
import {
  previewCommit,
  sessionNameProblem,
  type ICommitPreview,
  type IPreparedCommit,
  type ISecretFinding,
  type ISessionChoice,
  type ISessionSummary,
  type OutputPolicy
} from '@llmos-lab/skills';

import { addCommand, textArg, type CommandArgs } from '../../addCommand';
import { CommandIDs } from '../../commands';
import { commitIcon } from '../../icons';
import { STAYS } from '../../stays';
import { requireSession, SESSION_ARGS, type ISessionContext } from '../context';
import { isPassing } from '../../volumes/copyToUser';
import { nameOf } from '../../volumes/fileStore';
import { saveNotebook } from '../placeNotebook';
import type { VolumeSessions } from '../store/volumeSessions';
import {
  readForCommit,
  SessionMovedOn,
  writeSessionCommit,
  type IAgreedChoice
} from './commitSession';
import { SecretsError, unaccepted } from './secretCheck';
import { secretsText } from './SecretList';
import { askSessionCommit } from './SessionCommitForm';

/** Adds the command that commits a session. */
export function addCommitCommand(context: ISessionContext): void {
  const { app, trans, notebooks } = context;
  const refusal = (args: CommandArgs): string | undefined =>
    textArg(args, 'id') === undefined ? refusalOf(context) : undefined;
  addCommand(
    context,
    CommandIDs.commitSession,
    {
      label: trans.__('Commit session…'),
      labelFor: args => (args['isToolbar'] ? trans.__('Commit') : undefined),
      captionFor: refusal,
      caption: trans.__(
        'Keep the notebook with its runs, conversation and artifacts in the history'
      ),
      icon: commitIcon,
      args: {
        ...SESSION_ARGS,
        ask: { type: 'boolean', default: true, description: 'Show the dialog first' },
        name: { type: 'string', description: 'Name of the session' },
        prompt: { type: 'string', description: 'What this was done for' },
        outputs: {
          type: 'string',
          enum: ['keep', 'clear'],
          description: 'Whether the committed notebook keeps what its cells showed'
        },
        allowSecrets: {
          type: 'boolean',
          default: false,
          description: 'Commit without asking even what looks like a secret'
        },
        quiet: {
          type: 'boolean',
          default: false,
          description: 'Say nothing when it is done, since who asked for it does'
        }
      },
      isEnabled: args =>
        textArg(args, 'id') !== undefined ||
        (!!notebooks.currentWidget && refusal(args) === undefined)
    },
    args => commitSession(context, args)
  );
  notebooks.currentChanged.connect(() =>
    app.commands.notifyCommandChanged(CommandIDs.commitSession)
  );
}

/**
 * Why the notebook in front is in no session, by its name, since the buttons of others
 * say it too; undefined where it may be.
 */
function refusalOf({ notebooks, trans }: ISessionContext): string | undefined {
  const path = notebooks.currentWidget?.context.path;
  return path !== undefined && isPassing(path)
    ? trans.__(
        'The current notebook, %1, is read-only. Keep or restore a copy to commit it.',
        nameOf(path)
      )
    : undefined;
}

/** @returns the commit's SHA-1, or `null` when nothing differs or nobody chose */
async function commitSession(
  context: ISessionContext,
  args: CommandArgs
): Promise<string | null> {
  const { sessions, documents } = context;
  const summary = await sessionToCommit(context, args);
  const { session, volume: name } = summary;
  const volume = sessions.volumeOf(name);
  const read = async (): Promise<IPreparedCommit> => {
    await saveNotebook(documents, session);
    const there = await sessions.workingNotebook(session);
    const notebook = there.kind === 'notebook' ? there.content : null;
    return readForCommit(volume, session, notebook, name =>
      sessions.fileBeside(session, name)
    );
  };
  const choice = await choose(context, await read(), args);
  const written =
    choice && (await writeAgreed(context, volume, { read, choice, args }));
  if (!written) {
    return null;
  }
  const { oid } = written;
  await volume.refresh();
  if (args['quiet'] !== true) {
    tell(context, written, { volume: name, session: session.id });
  }
  return oid;
}

/** What became of a commit; `null` is that of a session without changes. */
interface IWritten {
  readonly oid: string | null;
  readonly name: string;
}

function tell(
  { app, trans }: ISessionContext,
  { oid, name }: IWritten,
  place: { readonly volume: string; readonly session: string }
): void {
  if (oid === null) {
    const text = trans.__('"%1" is committed already: nothing differs.', name);
    Notification.info(text, { autoClose: STAYS.note });
    return;
  }
  const show = (): void => void app.commands.execute(CommandIDs.showHistory, place);
  Notification.success(trans.__('Committed "%1" as %2.', name, oid.slice(0, 7)), {
    autoClose: 6000,
    actions: [{ label: trans.__('Show history'), callback: show }]
  });
}

/**
 * Reads the session again, since it may have gone on while the dialog was open, and
 * commits what it is now. What looks like a secret and nobody has seen is asked about.
 *
 * @returns null when the person takes it back
 */
async function writeAgreed(
  context: ISessionContext,
  volume: VolumeSessions,
  asked: {
    readonly read: () => Promise<IPreparedCommit>;
    readonly choice: IAgreedChoice;
    readonly args: CommandArgs;
  }
): Promise<IWritten | null> {
  const { read, args } = asked;
  let { choice } = asked;
  for (;;) {
    const prepared = await read();
    try {
      const { accepted } = choice;
      const { secrets } = previewCommit(prepared, choice, new Date().toISOString());
      if (accepted !== 'all' && unaccepted(secrets, accepted).length > 0) {
        throw new SecretsError(secrets);
      }
      const oid = await writeSessionCommit(volume, prepared, choice, context.author());
      return { oid, name: choice.name };
    } catch (error) {
      if (error instanceof SecretsError) {
        const again = await choose(context, prepared, args, {
          ...{ before: choice, found: error.secrets }
        });
        if (!again) {
          return null;
        }
        choice = again;
      } else if (!(error instanceof SessionMovedOn)) {
        throw error;
      }
    }
  }
}

/** The session asked for; a notebook that has none yet gets one. */
async function sessionToCommit(
  context: ISessionContext,
  args: CommandArgs
): Promise<ISessionSummary> {
  const { sessions, notebooks } = context;
  const panel = notebooks.currentWidget;
  if (textArg(args, 'id') !== undefined || !panel) {
    return requireSession(context, args);
  }
  const refusal = refusalOf(context);
  if (refusal !== undefined) {
    throw new Error(refusal);
  }
  await panel.context.ready;
  const place = await sessions.ensure(panel);
  await sessions.ready;
  if (!sessions.find(place.id, place.volume)) {
    await sessions.volumeOf(place.volume).refresh();
  }
  return requireSession(context, { ...place });
}

async function choose(
  context: ISessionContext,
  prepared: IPreparedCommit,
  args: CommandArgs,
  again?: { readonly before: ISessionChoice; readonly found: readonly ISecretFinding[] }
): Promise<IAgreedChoice | null> {
  const { trans } = context;
  const policy = outputsArg(args) ?? context.outputs();
  const first: ISessionChoice = again?.before ?? {
    name: textArg(args, 'name') ?? prepared.session.name,
    prompt: textArg(args, 'prompt') ?? prepared.prompt,
    outputs: policy === 'clear' ? 'clear' : 'keep'
  };
  const now = new Date().toISOString();
  const preview = (choice: ISessionChoice): ICommitPreview => {
    const shown = previewCommit(prepared, choice, now);
    const others = unaccepted(again?.found ?? [], shown.secrets);
    return { ...shown, secrets: [...shown.secrets, ...others] };
  };
  if (args['ask'] !== false) {
    const choice = await askSessionCommit({
      ...{ first, last: prepared.told.prompt, preview, trans }
    });
    return choice && { ...choice, accepted: preview(choice).secrets };
  }
  const problem = sessionNameProblem(first.name, trans);
  if (problem !== null) {
    throw new Error(problem);
  }
  const { secrets } = preview(first);
  if (args['allowSecrets'] === true) {
    return { ...first, accepted: 'all' };
  }
  if (secrets.length > 0) {
    throw new Error(
      trans.__(
        'Nothing was committed: this looks like secrets (%1). Take them out, or commit with the dialog.',
        secretsText(secrets, trans)
      )
    );
  }
  return { ...first, accepted: [] };
}

function outputsArg(args: CommandArgs): OutputPolicy | undefined {
  const { outputs } = args;
  return outputs === 'keep' || outputs === 'clear' ? outputs : undefined;
}
