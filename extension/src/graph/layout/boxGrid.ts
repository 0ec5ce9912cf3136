import { meets, type IBox } from './box';

/** Side of a field in pixels: about one node. */
const FIELD = 256;

/** More columns than any row of fields has that is asked for. */
const ROW = 2 ** 20;

/** Fields from which on it is quicker to look at all boxes. */
const MOST_FIELDS = 2 ** 12;

/**
 * Boxes by the fields of a grid that they lie on, so that who asks what is at a place looks
 * at the few boxes near it.
 */
export class BoxGrid {
  constructor(boxes: Iterable<IBox> = []) {
    for (const box of boxes) {
      this.add(box);
    }
  }

  add(box: IBox): void {
    this._boxes.push(box);
    for (const key of fieldsOf(box)) {
      const field = this._byField.get(key);
      if (field) {
        field.push(box);
      } else {
        this._byField.set(key, [box]);
      }
    }
  }

  /** The boxes that share more than a border with an area, each once. */
  meeting(area: IBox): IBox[] {
    const { columns, rows } = spanOf(area);
    const near =
      columns * rows > MOST_FIELDS
        ? this._boxes
        : fieldsOf(area).flatMap(key => this._byField.get(key) ?? []);
    const met = near.filter(box => meets(box, area));
    return met.length > 1 ? [...new Set(met)] : met;
  }

  private readonly _boxes: IBox[] = [];
  /** Two fields far from each other may share a key: what is near is only a guess. */
  private readonly _byField = new Map<number, IBox[]>();
}

interface ISpan {
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
}

function spanOf({ x, y, width, height }: IBox): ISpan {
  const [left, top] = [Math.floor(x / FIELD), Math.floor(y / FIELD)];
  const columns = Math.floor((x + width) / FIELD) - left + 1;
  const rows = Math.floor((y + height) / FIELD) - top + 1;
  return { left, top, columns, rows };
}

/** Keys of the fields on which a box lies; counted, since places may be any number. */
function fieldsOf(box: IBox): number[] {
  const { left, top, columns, rows } = spanOf(box);
  const keys: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      keys.push((top + row) * ROW + left + column);
    }
  }
  return keys;
}
