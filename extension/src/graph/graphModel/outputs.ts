import { isCodeCellModel, type ICellModel } from '@jupyterlab/cells';
import type { IOutputModel } from '@jupyterlab/rendermime';

import { errorName, isStop } from '../errorName';
import type { IOutput } from './preview';

/** Outputs of a cell as previews read them; none for cells that are not code. */
export function outputsOf(cell: ICellModel): readonly IOutput[] {
  if (!isCodeCellModel(cell)) {
    return [];
  }
  const { outputs } = cell;
  return Array.from({ length: outputs.length }, (_, at) => readOutput(outputs.get(at)));
}

function readOutput(output: IOutputModel): IOutput {
  const { type, data } = output;
  if (type === 'stream') {
    return { type, data: {}, text: output.streamText?.text ?? '' };
  }
  if (type === 'error') {
    const error = output.toJSON();
    const [given = '', value] = [error.ename, error.evalue].filter(isText);
    const name = errorName(given);
    const text = value ? `${name}: ${value}` : name;
    return { type, data: {}, text, ...(isStop(name) && { isStop: true }) };
  }
  return { type, data };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
