/** The tool bar under a scene. */

import type { TranslationBundle } from '@jupyterlab/translation';

import { reasonOf } from '../../reasonOf';
import { button, element, toggle } from '../dom';
import type { Playback } from './playback';

/** What the buttons do. */
export interface ISceneActions {
  readonly play: (playing: boolean) => void;
  readonly seek: (seconds: number) => void;
  readonly grid: (shown: boolean) => void;
  readonly axes: (shown: boolean) => void;
  readonly fit: () => void;
  readonly fullScreen: () => Promise<void>;
  readonly png: () => void;
  readonly gltf: () => Promise<void>;
}

/** The bar's element, and what the view tells it. */
export interface ISceneBar {
  readonly node: HTMLElement;
  /** Shows time and frame rate. */
  update(playback: Playback): void;
  togglePlay(): void;
}

/** Builds the bar; play and scrub only where something moves. */
export function sceneBar(
  trans: TranslationBundle,
  playback: Playback,
  actions: ISceneActions
): ISceneBar {
  const fps = element('span', {
    className: 'llmos-Mime-kind',
    attributes: { title: trans.__('Frames a second') }
  });
  const { play, scrub } = timeControls(trans, playback, actions);
  const time = element('span', { className: 'llmos-Scene-time' });
  const node = element(
    'div',
    {
      className: 'llmos-Mime-bar',
      attributes: { role: 'toolbar', 'aria-label': trans.__('Scene') }
    },
    ...(playback.duration > 0 ? [play, scrub, time] : []),
    fps,
    ...viewButtons(trans, actions)
  );
  return {
    node,
    update: ({ fps: rate, time: at, playing, duration }) => {
      fps.textContent = rate === null || !playing ? '' : `${Math.round(rate)} fps`;
      time.textContent = `${at.toFixed(1)} / ${duration.toFixed(1)} s`;
      if (playing) {
        scrub.value = String(at);
      }
    },
    togglePlay: () => {
      if (playback.duration > 0) {
        play.click();
      }
    }
  };
}

function timeControls(
  trans: TranslationBundle,
  { playing, duration }: Playback,
  actions: ISceneActions
): { readonly play: HTMLButtonElement; readonly scrub: HTMLInputElement } {
  const sign = (on: boolean): string => (on ? '❚❚' : '▶');
  const play = toggle(sign(playing), trans.__('Play or pause the animation'), {
    pressed: playing,
    onChange: on => {
      play.textContent = sign(on);
      actions.play(on);
    }
  });
  const scrub = element('input', {
    className: 'llmos-Scene-scrub',
    attributes: {
      type: 'range',
      min: '0',
      max: String(duration),
      step: String(duration / 500 || 1),
      'aria-label': trans.__('Time of the animation')
    }
  });
  scrub.value = '0';
  scrub.addEventListener('input', () => {
    const at = Number(scrub.value);
    if (play.getAttribute('aria-pressed') === 'true') {
      play.click();
    }
    actions.seek(at);
  });
  return { play, scrub };
}

function viewButtons(
  trans: TranslationBundle,
  actions: ISceneActions
): readonly HTMLElement[] {
  const problem = element('span', { attributes: { role: 'status' } });
  const attempt = (work: Promise<void>, say: (reason: string) => string): void => {
    problem.textContent = '';
    work.catch((error: unknown) => {
      problem.textContent = say(reasonOf(error));
    });
  };
  const gltf = button('glTF', trans.__('Download the scene as glTF'), () =>
    attempt(actions.gltf(), reason =>
      trans.__('The glTF file could not be made: %1', reason)
    )
  );
  const screen = button(trans.__('Full screen'), trans.__('Full screen'), () =>
    attempt(actions.fullScreen(), reason =>
      trans.__('The browser refused the full screen: %1', reason)
    )
  );
  const off = { pressed: false } as const;
  return [
    toggle(trans.__('Grid'), trans.__('Show a grid on the ground'), {
      ...off,
      onChange: actions.grid
    }),
    toggle(trans.__('Axes'), trans.__('Show the axes: x red, y green, z blue'), {
      ...off,
      onChange: actions.axes
    }),
    button(trans.__('Fit'), trans.__('Show everything'), actions.fit),
    screen,
    button('PNG', trans.__('Download the picture as PNG'), actions.png),
    gltf,
    problem
  ];
}
