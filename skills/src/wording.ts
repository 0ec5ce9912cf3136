/** What the core says to people: in English, or in the language of the page. */

/** Puts texts into the reader's language; `%1`, `%2` … stand for the values. */
export interface IWording {
  __(text: string, ...values: (string | number)[]): string;
  /** One or many; `%1` is the count. */
  _n(one: string, many: string, count: number, ...values: (string | number)[]): string;
}

/** As it stands in the code. */
export const ENGLISH: IWording = {
  __: fill,
  _n: (one, many, count, ...values) => fill(count === 1 ? one : many, count, ...values)
};

function fill(text: string, ...values: (string | number)[]): string {
  return text.replace(/%(\d+)/g, (mark, place) =>
    String(values[Number(place) - 1] ?? mark)
  );
}
