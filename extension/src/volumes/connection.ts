import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDBPDatabase } from 'idb';

import { openVolume, type IVolumeSchema } from './database';
import { UNTRANSLATED } from './fileStore';
import { KeptObjects } from './keptObjects';

/** A volume's database, opened when it is first needed and opened anew when it closed. */
export class VolumeConnection {
  /** `folders` exist from the start. */
  constructor(
    readonly name: string,
    folders: readonly string[],
    now: () => number,
    /** By which those who work on this volume say what goes wrong. */
    readonly trans: TranslationBundle = UNTRANSLATED
  ) {
    this._open = () => openVolume(name, folders, now(), () => this._forget());
  }

  /** Read and written objects of this volume, for all who use this connection. */
  readonly kept = new KeptObjects();

  get(): Promise<IDBPDatabase<IVolumeSchema>> {
    if (!this._database) {
      const opening = this._open();
      this._database = opening;
      // A failed opening is tried again at the next call instead of being remembered.
      opening.catch(() => {
        if (this._database === opening) {
          this._forget();
        }
      });
    }
    return this._database;
  }

  close(): void {
    // What never opened needs no closing; whoever asked for it was told.
    this._database?.then(
      database => database.close(),
      () => undefined
    );
    this._forget();
  }

  private _forget(): void {
    this._database = undefined;
  }

  private readonly _open: () => Promise<IDBPDatabase<IVolumeSchema>>;
  private _database: Promise<IDBPDatabase<IVolumeSchema>> | undefined;
}
