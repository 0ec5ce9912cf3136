import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import {
  NO_PROFILE,
  profileActor,
  profileAuthor,
  profileProblems,
  readProfile,
  type Actor,
  type IAuthor,
  type IProfileFields
} from '@llmos-lab/skills';
import { Signal, type ISignal } from '@lumino/signaling';

import type { IProfile } from '../tokens';

/** Where the profile is kept: the settings, or nowhere beyond this page. */
export type ProfileSettings = Pick<
  ISettingRegistry.ISettings,
  'composite' | 'user' | 'changed' | 'save'
>;

/** The profile over the settings. Fields that the rules refuse count as not set. */
export class Profile implements IProfile {
  constructor(private readonly _settings: ProfileSettings | null) {
    this._settings?.changed.connect(this._read, this);
    this._read();
  }

  get name(): string {
    return this._fields.name;
  }

  get id(): string {
    return this._fields.id;
  }

  get email(): string {
    return this._fields.email;
  }

  get teams(): readonly string[] {
    return this._fields.teams;
  }

  get actor(): Actor {
    return profileActor(this._fields);
  }

  get changed(): ISignal<IProfile, void> {
    return this._changed;
  }

  author(): IAuthor {
    return profileAuthor(this._fields, Date.now());
  }

  async save(fields: IProfileFields): Promise<void> {
    const wanted = readProfile(fields);
    const [problem] = profileProblems(wanted);
    if (problem) {
      throw new Error(problem.message);
    }
    if (this._settings) {
      await this._keep(this._settings, wanted);
    }
    this._use(wanted);
  }

  /**
   * Writes all fields at once. One by one, JupyterLab reads each back from an answer that
   * it keeps for 100 ms, and may take an older one for what was written.
   */
  private async _keep(
    settings: ProfileSettings,
    { name, id, email, teams }: IProfileFields
  ): Promise<void> {
    const wanted = { ...settings.user, name, id, email, teams };
    await settings.save(JSON.stringify(wanted, undefined, 2));
  }

  private _read(): void {
    if (this._settings) {
      const fields = readProfile(this._settings.composite);
      const bad = new Set(profileProblems(fields).map(({ field }) => field));
      this._use({
        name: bad.has('name') ? NO_PROFILE.name : fields.name,
        id: bad.has('id') ? NO_PROFILE.id : fields.id,
        email: bad.has('email') ? NO_PROFILE.email : fields.email,
        teams: bad.has('teams') ? NO_PROFILE.teams : fields.teams
      });
    }
  }

  private _use(fields: IProfileFields): void {
    if (JSON.stringify(fields) !== JSON.stringify(this._fields)) {
      this._fields = fields;
      this._changed.emit();
    }
  }

  private _fields: IProfileFields = NO_PROFILE;
  private readonly _changed = new Signal<IProfile, void>(this);
}
