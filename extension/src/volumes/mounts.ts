import type { Contents, ServerConnection } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import { teamVolume, volumeOwner, type VolumeOwner } from '@llmos-lab/skills';
import { Signal, type ISignal } from '@lumino/signaling';

import type { IProfile, IVolume, IVolumes } from '../tokens';
import { VolumeAccess } from './access';
import { SYSTEM_VOLUME, USER_VOLUME } from './copyToUser';
import { DatabaseFileStore } from './databaseStore';
import { storeName } from './storeName';
import { openSystemStore } from './systemStore';
import { VolumeDrive } from './volumeDrive';

/** Folders that a volume has from the start. */
const FOLDERS = ['skills', 'sessions'];

/** What mounting needs of the application. */
export interface IMountOptions {
  readonly contents: Pick<Contents.IManager, 'addDrive'>;
  readonly serverSettings: ServerConnection.ISettings;
  readonly profile: IProfile;
  readonly trans: TranslationBundle;
  readonly refusal: (path: string, reason: string) => string;
  /** Told when a change was refused; takes the Contents path. */
  readonly onRefused: (path: string, reason: string) => void;
}

/**
 * The person's own volume, one for each team of the profile, and the system library.
 * A drive cannot be taken from JupyterLab again, so that of a team which was left stays,
 * and answers nobody but its members.
 */
export class VolumeMounts implements IVolumes {
  constructor(private readonly _options: IMountOptions) {
    const { profile } = _options;
    this._system = this._mount(SYSTEM_VOLUME);
    this._user = this._mount(USER_VOLUME);
    this._teams = profile.teams.map(team => this._mount(teamVolume(team)));
    profile.changed.connect(this._onProfile, this);
  }

  get volumes(): readonly IVolume[] {
    return [this._user, ...this._teams, this._system];
  }

  get changed(): ISignal<IVolumes, void> {
    return this._changed;
  }

  get(name: string): IVolume | undefined {
    return this.volumes.find(volume => volume.name === name);
  }

  private _onProfile(): void {
    const teams = this._options.profile.teams.map(team =>
      this._mount(teamVolume(team))
    );
    const isSame =
      teams.length === this._teams.length &&
      teams.every((volume, at) => volume === this._teams[at]);
    if (!isSame) {
      this._teams = teams;
      this._changed.emit();
    }
  }

  private _mount(name: string): IVolume {
    const known = this._mounted.get(name);
    if (known) {
      return known;
    }
    const { contents, serverSettings, profile, trans, refusal, onRefused } =
      this._options;
    const owner = (): VolumeOwner => volumeOwner(name, profile) ?? { kind: 'system' };
    const access = new VolumeAccess(owner, () => profile.actor, trans);
    const store =
      name === SYSTEM_VOLUME
        ? undefined
        : new DatabaseFileStore(storeName(name, serverSettings.baseUrl), {
            folders: FOLDERS,
            access,
            trans
          });
    const drive = new VolumeDrive({
      ...{ name, access, serverSettings, refusal, trans },
      open: () => (store ? Promise.resolve(store) : openSystemStore())
    });
    drive.refused.connect((_, { path, reason }) =>
      onRefused(`${name}:${path}`, reason)
    );
    contents.addDrive(drive);
    const volume: IVolume = {
      name,
      get owner() {
        return access.owner;
      },
      drive,
      ...(store && { repository: store.repository }),
      can: action => access.can(action)
    };
    this._mounted.set(name, volume);
    return volume;
  }

  private readonly _mounted = new Map<string, IVolume>();
  private readonly _system: IVolume;
  private readonly _user: IVolume;
  private _teams: readonly IVolume[];
  private readonly _changed = new Signal<IVolumes, void>(this);
}
