import * as React from 'react';

import type { IPreview } from '../graphModel/preview';

/** The picture of a cell's latest output, in the colours of the theme. */
export function NodePicture(props: {
  readonly preview: Extract<IPreview, { kind: 'image' }>;
}): React.JSX.Element {
  const { src, text, isLineArt } = props.preview;
  const [isDark, setDark] = React.useState(false);
  const classes = isLineArt
    ? `llmos-mod-lineArt${isDark ? ' llmos-mod-darkGround' : ''}`
    : undefined;
  return (
    <img
      className={classes}
      src={src}
      alt={text}
      onLoad={event => isLineArt && setDark(hasDarkGround(event.currentTarget))}
    />
  );
}

/** A drawing has the ground of the theme that it was made in; its corner shows which. */
function hasDarkGround(image: HTMLImageElement): boolean {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  context?.drawImage(image, 0, 0, 1, 1, 0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] =
    context?.getImageData(0, 0, 1, 1).data ?? [];
  return alpha > 127 && (red + green + blue) / 3 < 128;
}
