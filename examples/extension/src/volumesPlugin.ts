import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import {
  IEvolution,
  IGithub,
  IProfile,
  IRemotes,
  ISecretStore,
  ISessions,
  ITransfers,
  IVolumes
} from '@llmos-lab/extension';

const NO_ARGUMENTS = { args: { type: 'object', properties: {} } } as const;

/** Name under which this example holds a secret for a moment. */
const SECRET = 'example:token';

/** Keeps a secret in this tab, reads it again and forgets it. */
async function tryASecret(secrets: ISecretStore): Promise<string | undefined> {
  await secrets.keep(SECRET, 'only in this tab');
  const kept = secrets.get(SECRET);
  await secrets.forget(SECRET);
  return kept;
}

/** Uses what LLMos Lab knows of the person, of volumes and of what they learn. */
export const volumesPlugin: JupyterFrontEndPlugin<void> = {
  id: 'llmos-example-extension:volumes',
  description: 'Describes the person, the volumes, their sessions and their servers.',
  autoStart: true,
  requires: [
    IProfile,
    IVolumes,
    ISessions,
    IRemotes,
    ITransfers,
    IGithub,
    ISecretStore,
    IEvolution
  ],
  activate: (
    { commands }: JupyterFrontEnd,
    profile: IProfile,
    volumes: IVolumes,
    sessions: ISessions,
    remotes: IRemotes,
    transfers: ITransfers,
    github: IGithub,
    secrets: ISecretStore,
    evolution: IEvolution
  ) => {
    commands.addCommand('llmos-example:describe-volumes', {
      label: 'Describe my volumes',
      caption: 'Say what the services of LLMos Lab know of volumes and sessions',
      describedBy: NO_ARGUMENTS,
      execute: async () => {
        await Promise.all([sessions.ready, evolution.ready]);
        return {
          IProfile: profile.actor.kind,
          IVolumes: volumes.volumes.map(volume => [
            volume.name,
            volume.can({ verb: 'write', path: 'skills/mine.md' }).allowed
          ]),
          ISessions: sessions.all.length,
          IRemotes: remotes.get('user')?.name ?? 'not connected',
          ITransfers: transfers.view('user'),
          IGithub: github.account('user')?.login ?? 'nobody',
          ISecretStore: await tryASecret(secrets),
          IEvolution: evolution.jobs.map(({ job, volume }) => `${job} of ${volume}`)
        };
      }
    });
  }
};
