import {
  DefaultSchemaValidator,
  type ISchemaValidator,
  type ISettingRegistry
} from '@jupyterlab/settingregistry';

import { defaultsOf } from './defaults';

/** Settings in which nothing is set. */
const EMPTY = /^\s*\{\s*\}\s*$/;

/**
 * Validates what a person has set as JupyterLab does, and takes the defaults where nothing
 * is set: JupyterLab compiles two validators for each of a hundred schemas at every start,
 * to find what there is no need to compile anything for.
 */
export class DefaultsValidator implements ISchemaValidator {
  /** @param whole - makes the validator of what was set, when it is asked for first */
  constructor(private readonly whole = () => new DefaultSchemaValidator()) {}

  validateData(
    plugin: ISettingRegistry.IPlugin,
    populate = true
  ): ISchemaValidator.IError[] | null {
    const composite = EMPTY.test(plugin.raw) ? defaultsOf(plugin.schema) : null;
    if (!composite) {
      this._validator ??= this.whole();
      return this._validator.validateData(plugin, populate);
    }
    if (populate) {
      plugin.data = { composite, user: {} };
    }
    return null;
  }

  private _validator: ISchemaValidator | null = null;
}
