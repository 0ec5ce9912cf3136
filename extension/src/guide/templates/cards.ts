import type { TranslationBundle } from '@jupyterlab/translation';
import type { LabIcon } from '@jupyterlab/ui-components';

import {
  circuitIcon,
  plotIcon,
  quantumIcon,
  sceneIcon,
  workflowIcon
} from '../../icons';

/** Ids of the templates, in the order in which the launcher shows them. */
export const TEMPLATE_IDS = [
  'vqe-study',
  'circuit-analysis',
  'scene',
  'data-plot',
  'blank'
] as const;

/** A template for a new notebook. */
export type TemplateId = (typeof TEMPLATE_IDS)[number];

/** How a template looks before it is used; its cells are loaded when it is. */
export interface ITemplateCard {
  readonly label: string;
  readonly caption: string;
  readonly icon: LabIcon;
}

/** The templates as cards. */
export function templateCards(
  trans: TranslationBundle
): Readonly<Record<TemplateId, ITemplateCard>> {
  return {
    'vqe-study': {
      label: trans.__('VQE study'),
      caption: trans.__(
        'New notebook: two ansätze for H2, how they converge, exported as CSV'
      ),
      icon: quantumIcon
    },
    'circuit-analysis': {
      label: trans.__('Circuit analysis'),
      caption: trans.__(
        'New notebook: a netlist in frequency and in time, with its corner'
      ),
      icon: circuitIcon
    },
    scene: {
      label: trans.__('3D scene'),
      caption: trans.__('New notebook: numbers as a surface, painted, lit and turning'),
      icon: sceneIcon
    },
    'data-plot': {
      label: trans.__('Data plot'),
      caption: trans.__('New notebook: measured values, a fit, a plot, a file'),
      icon: plotIcon
    },
    blank: {
      label: trans.__('Blank with skills'),
      caption: trans.__('New notebook: the import, and how to insert a skill'),
      icon: workflowIcon
    }
  };
}

/** Whether a text is the id of a template. */
export function isTemplateId(id: unknown): id is TemplateId {
  return TEMPLATE_IDS.some(each => each === id);
}
