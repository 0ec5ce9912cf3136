import type { CellOutput } from '../executor/protocol';

/** The outputs of one cell, in the form of notebook files. */
export class CellOutputs {
  /** Takes what the cell showed next. */
  add(output: CellOutput): void {
    if (this._clearNext) {
      this._outputs = [];
      this._clearNext = false;
    }
    if (output['output_type'] === 'clear') {
      this._clear(output['wait'] === true);
      return;
    }
    const last = this._outputs.at(-1);
    const isMore =
      output['output_type'] === 'stream' &&
      last?.['output_type'] === 'stream' &&
      last['name'] === output['name'];
    if (isMore) {
      const text = `${textOf(last)}${textOf(output)}`;
      this._outputs[this._outputs.length - 1] = { ...last, text };
    } else {
      this._outputs.push(output);
    }
  }

  get all(): readonly CellOutput[] {
    return this._outputs;
  }

  private _clear(waits: boolean): void {
    if (waits) {
      this._clearNext = true;
    } else {
      this._outputs = [];
    }
  }

  private _outputs: CellOutput[] = [];
  private _clearNext = false;
}

function textOf(output: CellOutput): string {
  return typeof output['text'] === 'string' ? output['text'] : '';
}
