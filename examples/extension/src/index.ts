/**
 * An extension of somebody else that uses every service of LLMos Lab: those about
 * notebooks in one plugin, those about what is kept in another.
 */
import { notebookPlugin } from './notebookPlugin';
import { volumesPlugin } from './volumesPlugin';

export default [notebookPlugin, volumesPlugin];
