/** A rectangle in pixels of the window. */
export interface IBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

type Size = Pick<IBox, 'width' | 'height'>;

/** Room between what is shown and the words, and between the words and the edge. */
const GAP = 12;

/**
 * Where the words of a step stand: beside what they speak of, on the side with the most
 * room, wholly in the window; over its middle where no side has room.
 */
export function placeWords(
  target: IBox,
  words: Size,
  view: Size
): Pick<IBox, 'left' | 'top'> {
  const right = view.width - (target.left + target.width);
  const below = view.height - (target.top + target.height);
  const sides = [
    { room: right - words.width, left: target.left + target.width + GAP },
    { room: target.left - words.width, left: target.left - words.width - GAP },
    { room: below - words.height, top: target.top + target.height + GAP },
    { room: target.top - words.height, top: target.top - words.height - GAP }
  ];
  const best = sides.reduce((a, b) => (b.room > a.room ? b : a));
  const middle = {
    left: target.left + (target.width - words.width) / 2,
    // A tall panel is spoken of at its head, where its name is.
    top: Math.min(target.top + (target.height - words.height) / 2, target.top + 48)
  };
  const wanted = best.room > 2 * GAP ? { ...middle, ...best } : middle;
  return {
    left: within(wanted.left, view.width - words.width - GAP),
    top: within(wanted.top, view.height - words.height - GAP)
  };
}

function within(value: number, most: number): number {
  return Math.round(Math.max(GAP, Math.min(value, most)));
}
