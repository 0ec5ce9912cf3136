import { Dialog, ReactWidget, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ISecretFinding } from '@llmos-lab/skills';
import * as React from 'react';

import type { ICommitOptions } from '../../volumes/committing';
import type { VolumeRepository } from '../../volumes/repository';
import { refuseSecrets, SecretsError } from './secretCheck';
import { SecretList } from './SecretList';

/**
 * Commits, and asks first where that would keep what looks like secrets.
 *
 * @returns the commit's SHA-1, or `null` when nothing differs or the person takes it back
 */
export async function commitAsking(
  repository: VolumeRepository,
  options: ICommitOptions,
  trans: TranslationBundle,
  accepted: readonly ISecretFinding[] = []
): Promise<string | null> {
  try {
    const check = refuseSecrets(repository.store, accepted);
    return await repository.commit({ ...options, check });
  } catch (error) {
    if (!(error instanceof SecretsError)) {
      throw error;
    }
    const { secrets } = error;
    return (await mayCommit(secrets, trans))
      ? commitAsking(repository, options, trans, [...accepted, ...secrets])
      : null;
  }
}

/** Shows what was found; whether it is to be committed all the same. */
export async function mayCommit(
  secrets: readonly ISecretFinding[],
  trans: TranslationBundle
): Promise<boolean> {
  const { button } = await showDialog({
    title: trans.__('Commit what looks like secrets?'),
    body: ReactWidget.create(<SecretsToCommit {...{ secrets, trans }} />),
    buttons: [
      Dialog.cancelButton(),
      Dialog.warnButton({ label: trans.__('Commit all the same') })
    ],
    defaultButton: 0
  });
  return button.accept;
}

/** What was found, and what committing it means. */
export function SecretsToCommit(props: {
  readonly secrets: readonly ISecretFinding[];
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { secrets, trans } = props;
  return (
    <section className="llmos-SessionCommit-secrets" aria-label={trans.__('Secrets')}>
      <p role="alert">
        {trans._n(
          'This looks like a secret. What is committed stays in the history: take it out first, or go on if it is none.',
          '%1 places look like secrets. What is committed stays in the history: take them out first, or go on if they are none.',
          secrets.length
        )}
      </p>
      <SecretList secrets={secrets} trans={trans} />
    </section>
  );
}
