import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { placeWords, type IBox } from './place';
import type { ITourStep } from './steps';

/** The tour by props. */
export interface ITourViewProps {
  readonly steps: readonly ITourStep[];
  readonly onEnd: () => void;
  readonly trans: TranslationBundle;
}

/** Room around what a step speaks of, in pixels. */
const MARGIN = 4;

/**
 * A modal dialog over the whole window, of which only a ring and some words are seen: the
 * browser keeps the focus in it and gives it back, and lets Escape close it.
 */
export function TourView({ steps, onEnd, trans }: ITourViewProps): React.JSX.Element {
  const [at, setAt] = React.useState(0);
  const dialog = React.useRef<HTMLDialogElement>(null);
  const words = React.useRef<HTMLDivElement>(null);
  const step = steps[at];
  const box = useBox(step);
  const place = useWordsPlace(box, words, at);
  const isLast = at === steps.length - 1;
  // The dialog's own end gives the focus back to where it was.
  const end = (): void => dialog.current?.close();
  const next = (): void => (isLast ? end() : setAt(at + 1));
  const back = (): void => setAt(Math.max(at - 1, 0));
  React.useEffect(() => dialog.current?.showModal(), []);
  React.useEffect(() => {
    // The dialog would give it to its first button, which ends the tour and goes at its end.
    if (at === 0 || isLast) {
      dialog.current?.querySelector<HTMLElement>('.jp-mod-accept')?.focus();
    }
  }, [at, isLast]);
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      event.preventDefault();
      (event.key === 'ArrowRight' ? next : back)();
    }
  };
  return (
    <dialog
      ref={dialog}
      className="llmos-Tour"
      aria-labelledby="llmos-tour-title"
      aria-describedby="llmos-tour-text"
      data-lm-suppress-shortcuts="true"
      onClose={onEnd}
      onKeyDown={onKeyDown}
    >
      <div className="llmos-Tour-ring" style={ringStyle(box)} />
      <div className="llmos-Tour-words" ref={words} style={place}>
        <div aria-live="polite">
          <h2 id="llmos-tour-title">{step?.title}</h2>
          <p id="llmos-tour-text">{step?.text}</p>
        </div>
        <Foot {...{ at, count: steps.length, end, back, next, trans }} />
      </div>
    </dialog>
  );
}

/** How far the tour is, and the ways on. */
function Foot(props: {
  readonly at: number;
  readonly count: number;
  readonly end: () => void;
  readonly back: () => void;
  readonly next: () => void;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { at, count, end, back, next, trans } = props;
  const isLast = at === count - 1;
  return (
    <div className="llmos-Tour-foot">
      <span className="llmos-Tour-count">{trans.__('%1 of %2', at + 1, count)}</span>
      {!isLast && (
        <button type="button" className="jp-mod-styled" onClick={end}>
          {trans.__('Skip')}
        </button>
      )}
      <button
        type="button"
        className="jp-mod-styled"
        aria-disabled={at === 0}
        onClick={back}
      >
        {trans.__('Back')}
      </button>
      <button type="button" className="jp-mod-styled jp-mod-accept" onClick={next}>
        {isLast ? trans.__('Done') : trans.__('Next')}
      </button>
    </div>
  );
}

function ringStyle(box: IBox | null): React.CSSProperties {
  return box
    ? {
        left: box.left - MARGIN,
        top: box.top - MARGIN,
        width: box.width + 2 * MARGIN,
        height: box.height + 2 * MARGIN
      }
    : { left: '50%', top: '50%', width: 0, height: 0 };
}

/** Where what the step speaks of stands, as long as it is shown. */
function useBox(step: ITourStep | undefined): IBox | null {
  const [box, setBox] = React.useState<IBox | null>(null);
  React.useEffect(() => {
    step?.show?.();
    const target = step?.find();
    target?.scrollIntoView({ block: 'nearest' });
    const measure = (): void => setBox(target?.getBoundingClientRect() ?? null);
    // Side bars get their width with the next drawing, and content when it is loaded.
    const observer = new ResizeObserver(measure);
    // A side area that closes moves what is beside it, and the documents get its room.
    const documents = document.getElementById('jp-main-dock-panel');
    [target, documents].forEach(each => each && observer.observe(each));
    window.addEventListener('resize', measure);
    measure();
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
    };
  }, [step]);
  return box;
}

function useWordsPlace(
  box: IBox | null,
  words: React.RefObject<HTMLElement>,
  at: number
): React.CSSProperties {
  const [place, setPlace] = React.useState<React.CSSProperties>({});
  React.useLayoutEffect(() => {
    // A phone zooms out where the page is wider for a moment; the words stand in the page.
    const { clientWidth: width, clientHeight: height } = document.documentElement;
    const own = words.current?.getBoundingClientRect();
    const middle = { left: width / 2, top: height / 2, width: 0, height: 0 };
    if (own) {
      setPlace(placeWords(box ?? middle, own, { width, height }));
    }
  }, [box, words, at]);
  return place;
}
