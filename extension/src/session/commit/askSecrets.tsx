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
  return askingSecrets(
    async found => {
      const check = refuseSecrets(repository.store, [...accepted, ...found]);
      return repository.commit({ ...options, check });
    },
    found => mayCommit(found, trans)
  );
}

/**
 * Does what throws a `SecretsError` for secrets that nobody has let through.
 *
 * @param work is given what a person has let through so far
 * @returns null when the person takes it back
 */
export async function askingSecrets<T>(
  work: (accepted: readonly ISecretFinding[]) => Promise<T>,
  mayKeep: (secrets: readonly ISecretFinding[]) => Promise<boolean>
): Promise<T | null> {
  for (let accepted: readonly ISecretFinding[] = []; ;) {
    try {
      return await work(accepted);
    } catch (error) {
      if (!(error instanceof SecretsError)) {
        throw error;
      }
      if (!(await mayKeep(error.secrets))) {
        return null;
      }
      accepted = [...accepted, ...error.secrets];
    }
  }
}

/** Shows what was found; whether it is to be committed all the same. */
export async function mayCommit(
  secrets: readonly ISecretFinding[],
  trans: TranslationBundle,
  { title, accept } = {
    title: trans.__('Commit what looks like secrets?'),
    accept: trans.__('Commit all the same')
  }
): Promise<boolean> {
  const { button } = await showDialog({
    title,
    body: ReactWidget.create(<SecretsToCommit {...{ secrets, trans }} />),
    buttons: [Dialog.cancelButton(), Dialog.warnButton({ label: accept })],
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
