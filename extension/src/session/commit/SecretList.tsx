import type { TranslationBundle } from '@jupyterlab/translation';
import { MESSAGE_PLACE, type ISecretFinding, type SecretKind } from '@llmos-lab/skills';
import * as React from 'react';

/** What was found and where, one line a place. */
export function SecretList(props: {
  readonly secrets: readonly ISecretFinding[];
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { secrets, trans } = props;
  return (
    <ul className="llmos-SecretList">
      {secrets.map((secret, index) => (
        <li key={index}>
          <strong>{kindName(secret.kind, trans)}</strong>
          <span>{placeOf(secret, trans)}</span>
          <code>{secret.excerpt}</code>
        </li>
      ))}
    </ul>
  );
}

/** All findings as one text, for messages. */
export function secretsText(
  secrets: readonly ISecretFinding[],
  trans: TranslationBundle
): string {
  return secrets
    .map(secret => `${kindName(secret.kind, trans)}: ${placeOf(secret, trans)}`)
    .join('; ');
}

/** File and line, in notebooks cell and line; or the message. */
function placeOf(secret: ISecretFinding, trans: TranslationBundle): string {
  const { path, line, cell, part } = secret;
  if (path === MESSAGE_PLACE) {
    return trans.__('the message');
  }
  const file = path.slice(path.lastIndexOf('/') + 1);
  if (cell === undefined) {
    return trans.__('%1, line %2', file, line);
  }
  return part === 'output'
    ? trans.__('cell %1, output, line %2', cell, line)
    : trans.__('cell %1, line %2', cell, line);
}

function kindName(kind: SecretKind, trans: TranslationBundle): string {
  const names: Readonly<Record<SecretKind, string>> = {
    'api-key': trans.__('API key'),
    'github-token': trans.__('GitHub token'),
    'gitlab-token': trans.__('GitLab token'),
    'slack-token': trans.__('Slack token'),
    'aws-key': trans.__('AWS key'),
    'google-key': trans.__('Google key'),
    'hugging-face-token': trans.__('Hugging Face token'),
    'npm-token': trans.__('npm token'),
    'pypi-token': trans.__('PyPI token'),
    'stripe-key': trans.__('Stripe key'),
    'web-token': trans.__('JSON web token'),
    'bearer-token': trans.__('Bearer token'),
    'private-key': trans.__('Private key'),
    'address-password': trans.__('Password in an address'),
    'named-value': trans.__('Password or key by its name')
  };
  return names[kind];
}
