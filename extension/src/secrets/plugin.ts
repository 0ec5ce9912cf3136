import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { SecretStore } from './secretStore';
import { ISecretStore } from './tokens';

/** Tokens and keys, for what talks to servers. */
export const secretsPlugin: JupyterFrontEndPlugin<ISecretStore> = {
  id: '@llmos-lab/extension:secrets',
  description: 'Holds tokens and keys, in memory or encrypted under a passphrase.',
  provides: ISecretStore,
  optional: [ITranslator],
  activate: (app: JupyterFrontEnd, translator: ITranslator | null): ISecretStore => {
    // One a site path, as volumes are: sites of one host may belong to several people.
    const { pathname } = new URL(app.serviceManager.serverSettings.baseUrl);
    const trans = (translator ?? nullTranslator).load('llmos');
    return new SecretStore(`llmos-secrets:${pathname}`, trans);
  }
};
