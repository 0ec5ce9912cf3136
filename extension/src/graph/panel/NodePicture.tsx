import * as React from 'react';

import type { IPreview } from '../graphModel/preview';
import { hasDarkGround } from './pixel';

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
