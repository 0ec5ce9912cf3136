import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import type { IContext } from '@llmos-lab/skills';
import * as React from 'react';

/** Shows what was sent with the last question, part by part. */
export async function showContext(
  context: IContext | null,
  trans: TranslationBundle
): Promise<void> {
  const body = ReactWidget.create(
    <div className="llmos-ContextDialog">
      {context?.sections.map(({ title, text, tokens, isCut }) => (
        <details key={title}>
          <summary>
            {title} · {trans.__('about %1 tokens', tokens)}
            {isCut ? ` · ${trans.__('cut')}` : ''}
          </summary>
          <pre tabIndex={0}>{text}</pre>
        </details>
      ))}
    </div>
  );
  await showDialog({
    title: trans.__('What was sent with the last question'),
    body,
    buttons: [Dialog.okButton({ label: trans.__('Close') })]
  });
}
