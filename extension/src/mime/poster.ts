/** Puts the PNG of a drawn output into that output, so that plain viewers show it. */

import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { JSONObject } from '@lumino/coreutils';
import type { Widget } from '@lumino/widgets';

/** Larger pictures stay out: they would swell the notebook. */
const LIMIT = 1_500_000;

/** The part of an output area's model that is used. */
interface IOutputs {
  readonly length: number;
  get(index: number): unknown;
  set(index: number, output: JSONObject): void;
}

interface IOutput {
  toJSON(): JSONObject;
}

/**
 * Adds `png` (base64) to the output that `widget` shows. Through the output area's own
 * model, because changes of a single output's data never reach the saved notebook.
 * Returns whether it was kept; views outside a notebook keep nothing.
 */
export function keepPng(
  widget: Widget,
  model: IRenderMime.IMimeModel,
  png: string
): boolean {
  if (png.length > LIMIT || model.data['image/png'] !== undefined || !isOutput(model)) {
    return false;
  }
  const outputs = outputsOf(widget);
  for (let index = 0; index < (outputs?.length ?? 0); index++) {
    if (outputs?.get(index) === model) {
      const output = model.toJSON();
      outputs.set(index, { ...output, data: { ...model.data, 'image/png': png } });
      return true;
    }
  }
  return false;
}

function isOutput(model: object): model is IOutput & IRenderMime.IMimeModel {
  return 'toJSON' in model && typeof model.toJSON === 'function';
}

/** The model of the nearest output area around `widget`, found by its shape. */
function outputsOf(widget: Widget): IOutputs | null {
  for (let at = widget.parent; at !== null; at = at.parent) {
    const { model } = at as Widget & { readonly model?: Partial<IOutputs> | null };
    if (model && typeof model.get === 'function' && typeof model.set === 'function') {
      return typeof model.length === 'number' ? (model as IOutputs) : null;
    }
  }
  return null;
}
