import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { TranslationBundle } from '@jupyterlab/translation';

/** What finding open documents needs. */
export interface IDocuments {
  readonly documents: Pick<IDocumentManager, 'findWidget' | 'registry'>;
  readonly trans: TranslationBundle;
}

type OpenDocument = DocumentRegistry.IContext<DocumentRegistry.IModel>;

/** The documents that are open of a file: an editor and a preview may each have one. */
function openDocuments(
  documents: IDocuments['documents'],
  path: string
): readonly OpenDocument[] {
  const factories = documents.registry.preferredWidgetFactories(path);
  const found = factories.flatMap(
    ({ name }) => documents.findWidget(path, name)?.context ?? []
  );
  return [...new Set(found)];
}

/**
 * Asks that nothing would be lost when open documents of these files are read anew.
 *
 * @throws Error naming those with edits that are not saved
 */
export function requireSaved(
  { documents, trans }: IDocuments,
  paths: readonly string[]
): void {
  const unsaved = paths.filter(path =>
    openDocuments(documents, path).some(({ model }) => model.dirty)
  );
  if (unsaved.length > 0) {
    throw new Error(
      trans.__(
        'These open files are not saved: %1. Save or revert them, and try again.',
        unsaved.join(', ')
      )
    );
  }
}

/** Saves what a person has open and edited of a file, before the file changes. */
export async function saveOpen(
  documents: IDocuments['documents'],
  path: string
): Promise<void> {
  for (const context of openDocuments(documents, path)) {
    if (context.model.dirty) {
      await context.save();
    }
  }
}

/**
 * Open documents of a file show what stands on the drive now, but those with edits keep
 * them: nothing that somebody types while the file changes is lost.
 *
 * @returns whether all show what stands on the drive
 */
export async function reloadUnedited(
  documents: IDocuments['documents'],
  path: string
): Promise<boolean> {
  let isWhole = true;
  for (const context of openDocuments(documents, path)) {
    const { dirty } = context.model;
    isWhole &&= !dirty;
    await (dirty || context.revert());
  }
  return isWhole;
}
