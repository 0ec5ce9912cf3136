import type { TranslationBundle } from '@jupyterlab/translation';

import { evolutionIcon } from '../icons';
import { LazyPanel } from '../lazyPanel';
import type { EvolutionPanel } from './panel/EvolutionPanel';

/** Id of the panel in the right side bar. */
export const EVOLUTION_PANEL_ID = 'llmos-evolution-panel';

/** Evolution's place in the application; what it shows is loaded when it is first seen. */
export class EvolutionFrame extends LazyPanel<EvolutionPanel> {
  constructor(trans: TranslationBundle, load: () => Promise<EvolutionPanel>) {
    super({
      id: EVOLUTION_PANEL_ID,
      icon: evolutionIcon,
      caption: trans.__('Evolution'),
      name: 'llmos-EvolutionFrame',
      statusName: 'llmos-EvolutionFrame-status',
      loading: trans.__('Loading…'),
      failed: reason => trans.__('Evolution could not be loaded: %1', reason),
      load
    });
  }
}
