import type { DocumentRegistry } from '@jupyterlab/docregistry';

import { isSkillFile, SKILL_EDITOR } from './skillFile';

/**
 * Makes the skill editor the first choice for skill files, and no choice for others. The
 * registry tells files apart by name alone, but a skill is told by its folder.
 */
export function preferSkillEditor(registry: DocumentRegistry): void {
  const original = registry.preferredWidgetFactories.bind(registry);
  registry.preferredWidgetFactories = path => {
    const factories = original(path);
    const others = factories.filter(({ name }) => name !== SKILL_EDITOR);
    const own = registry.getWidgetFactory(SKILL_EDITOR);
    return own && isSkillFile(path) ? [own, ...others] : others;
  };
}
