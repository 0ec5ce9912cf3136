import * as React from 'react';

import type { RenderMarkdown } from './markdown';

/** A place in which the app's own renderer shows Markdown. */
export function SkillMarkdown(props: {
  readonly text: string;
  readonly render: RenderMarkdown;
}): React.JSX.Element {
  const { text, render } = props;
  const host = React.useRef<HTMLDivElement>(null);
  // A layout effect is cleaned up while the element is still in the page, as Lumino wants.
  React.useLayoutEffect(
    () => (host.current && text !== '' ? render(host.current, text) : undefined),
    [text, render]
  );
  return <div className="llmos-SkillCard-body" ref={host} />;
}
