/** A scene output: its canvas, controls and tool bar. */

import type { TranslationBundle } from '@jupyterlab/translation';
import { Spherical, Vector3 } from 'three';
import { OrbitControls } from 'three/examples/jsm/controls/OrbitControls.js';

import type { IDrawContext, IDrawing, IRefusal } from '../bundleWidget';
import { download } from '../../download';
import { element, pngOf } from '../dom';
import { readScene, type ISceneModel } from './model';
import { Playback } from './playback';
import { sceneBar, type ISceneBar } from './sceneBar';
import { stage, type IActor } from './stage';
import { World } from './world';

/** Radians that one arrow key turns the camera by. */
const TURN = Math.PI / 24;
/** Milliseconds within which the first picture is kept. */
const KEEP_WITHIN = 1000;

/** Draws a scene bundle. */
export async function drawScene(
  payload: unknown,
  { trans, poster }: IDrawContext
): Promise<IDrawing | IRefusal> {
  const reading = readScene(payload);
  if ('problem' in reading) {
    return reading;
  }
  const world = await World.load(reading.model);
  const view = new SceneView(reading.model, world, { trans, poster });
  try {
    stage.enter(view);
    return view;
  } catch {
    // Three.js throws, whatever the reason, when the browser gives no context.
    view.dispose();
    return {
      problem: trans.__(
        'This browser gives no WebGL, so the scene cannot be drawn. Turn hardware ' +
          'acceleration on or use another browser; below is what the output keeps of it.'
      )
    };
  }
}

class SceneView implements IDrawing, IActor {
  readonly node = element('section', { className: 'llmos-Scene' });
  private readonly _canvas = element('canvas', {
    className: 'llmos-Scene-canvas',
    attributes: { tabindex: '0', role: 'img' }
  });
  private readonly _playback: Playback;
  private readonly _controls: OrbitControls;
  private readonly _bar: ISceneBar;
  private readonly _seen: IntersectionObserver;
  private readonly _size: ResizeObserver;
  private readonly _drawn: Promise<string | null>;
  private _resolveDrawn: (png: string | null) => void = () => undefined;
  /** Null until the browser has told. */
  private _visible: boolean | null = null;
  private _dirty = true;
  private _isDrawn = false;
  private _disposed = false;

  constructor(
    private readonly _model: ISceneModel,
    private readonly _world: World,
    { trans, poster }: { trans: TranslationBundle; poster: string | null }
  ) {
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    this._playback = new Playback(_world.duration, { autoplay: !still });
    this._drawn = new Promise(resolve => {
      this._resolveDrawn = resolve;
    });
    const name = trans.__(
      'Three-dimensional scene. Arrow keys turn it, plus and minus zoom, F fits, space plays.'
    );
    this._canvas.setAttribute('aria-label', name);
    if (poster && /^[A-Za-z0-9+/=\s]+$/.test(poster)) {
      const data = poster.replace(/\s/g, '');
      this._canvas.style.backgroundImage = `url("data:image/png;base64,${data}")`;
    }
    const target = _world.hasCamera ? _world.bounds.center.clone() : _world.fit();
    this._controls = new OrbitControls(_world.camera, this._canvas);
    this._controls.target.copy(target);
    // A wheel over a scene that is not in use scrolls the notebook.
    this._controls.enableZoom = false;
    this._controls.addEventListener('change', () => this._touch());
    this._canvas.style.touchAction = 'pan-y';
    this._bar = sceneBar(trans, this._playback, this._actions());
    const notes = _model.notes.map(text =>
      element('p', { className: 'llmos-Mime-problem', text })
    );
    this.node.append(this._canvas, this._bar.node, ...notes);
    this._listen();
    // Both tell once at first, too, when nothing has changed since the first picture.
    this._seen = new IntersectionObserver(entries => {
      const visible = entries.at(-1)?.isIntersecting ?? false;
      if (visible !== this._visible) {
        this._visible = visible;
        this._playback.rest();
        this._touch();
      }
    });
    this._seen.observe(this._canvas);
    this._size = new ResizeObserver(() => {
      const { width, height } = this._pixels();
      const isSame = width === this._canvas.width && height === this._canvas.height;
      if (!this._isDrawn || !isSame) {
        this._touch();
      }
    });
    this._size.observe(this._canvas);
  }

  frame(now: number): boolean {
    const { playing } = this._playback;
    // The browser tells after a frame what is on screen; the first is not to wait for it.
    this._visible ??= isOnScreen(this._canvas);
    if (!this._visible || (!this._dirty && !playing)) {
      return false;
    }
    this._dirty = false;
    this._playback.advance(now);
    this._draw();
    this._bar.update(this._playback);
    return playing;
  }

  lost(): void {
    this._dirty = true;
  }

  retheme(): void {
    this._touch();
  }

  /** Once it has been on screen. */
  png(): Promise<string | null> {
    return this._drawn;
  }

  dispose(): void {
    if (this._disposed) {
      return;
    }
    this._disposed = true;
    this._resolveDrawn(null);
    this._seen.disconnect();
    this._size.disconnect();
    this._controls.dispose();
    this._world.showGrid(false);
    this._world.showAxes(false);
    this._world.dispose(material => stage.retire(material));
    stage.leave(this);
    this.node.remove();
  }

  /** Size of its place, in device pixels. */
  private _pixels(): { width: number; height: number } {
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    return {
      width: Math.round(this._canvas.clientWidth * ratio),
      height: Math.round(this._canvas.clientHeight * ratio)
    };
  }

  private _draw(): void {
    const { width, height } = this._pixels();
    if (width === 0 || height === 0) {
      return;
    }
    this._world.setAspect(width / height);
    this._world.setTime(this._playback.time);
    const theme = getComputedStyle(this.node).getPropertyValue('--jp-layout-color1');
    const picture = stage.shoot({
      scene: this._world.scene,
      camera: this._world.camera,
      width,
      height,
      background: this._model.background ?? (theme.trim() || '#ffffff'),
      shadows: this._model.shadows
    });
    this._canvas.width = width;
    this._canvas.height = height;
    this._canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(picture);
    if (this._canvas.style.backgroundImage) {
      this._canvas.style.backgroundImage = '';
    }
    if (!this._isDrawn) {
      // Later frames are not read back: it takes longer than drawing them.
      this._isDrawn = true;
      this._keepPicture();
    }
  }

  /** When the page has nothing else to do: encoding takes as long as some frames. */
  private _keepPicture(): void {
    const encode = (): void => {
      if (!this._disposed) {
        void pngOf(this._canvas).then(this._resolveDrawn);
      }
    };
    if (typeof requestIdleCallback === 'function') {
      requestIdleCallback(encode, { timeout: KEEP_WITHIN });
    } else {
      setTimeout(encode); // Safari has no idle callbacks.
    }
  }

  private _touch(): void {
    this._dirty = true;
    if (!this._disposed) {
      stage.request();
    }
  }

  private _actions(): Parameters<typeof sceneBar>[2] {
    return {
      play: playing => {
        this._playback.rest();
        this._playback.playing = playing;
        this._touch();
      },
      seek: seconds => {
        this._playback.seek(seconds);
        this._touch();
      },
      grid: shown => {
        this._world.showGrid(shown);
        this._touch();
      },
      axes: shown => {
        this._world.showAxes(shown);
        this._touch();
      },
      fit: () => this._fit(),
      fullScreen: () =>
        document.fullscreenElement
          ? document.exitFullscreen()
          : this.node.requestFullscreen(),
      png: () => this._canvas.toBlob(blob => blob && download(blob, 'scene.png')),
      gltf: () => this._exportGltf()
    };
  }

  private async _exportGltf(): Promise<void> {
    const { GLTFExporter } =
      await import('three/examples/jsm/exporters/GLTFExporter.js');
    const data = await this._world.bare(scene =>
      new GLTFExporter().parseAsync(scene, {
        binary: true,
        animations: [...this._world.clips]
      })
    );
    const parts = data instanceof ArrayBuffer ? data : JSON.stringify(data);
    download(new Blob([parts], { type: 'model/gltf-binary' }), 'scene.glb');
  }

  private _fit(): void {
    this._controls.target.copy(this._world.fit());
    this._controls.update();
    this._touch();
  }

  private _listen(): void {
    this._canvas.addEventListener('focus', () => {
      this._controls.enableZoom = true;
    });
    this._canvas.addEventListener('blur', () => {
      this._controls.enableZoom = false;
    });
    this._canvas.addEventListener('keydown', event => this._onKey(event));
  }

  private _onKey(event: KeyboardEvent): void {
    const moves: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => this._turn(-TURN, 0, 1),
      ArrowRight: () => this._turn(TURN, 0, 1),
      ArrowUp: () => this._turn(0, -TURN, 1),
      ArrowDown: () => this._turn(0, TURN, 1),
      '+': () => this._turn(0, 0, 0.9),
      '-': () => this._turn(0, 0, 1.1),
      f: () => this._fit(),
      ' ': () => this._bar.togglePlay()
    };
    const move = moves[event.key];
    if (move && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      move();
    }
  }

  private _turn(theta: number, phi: number, factor: number): void {
    const { camera } = this._world;
    const offset = camera.position.clone().sub(this._controls.target);
    const place = new Spherical().setFromVector3(offset);
    place.theta += theta;
    place.phi += phi;
    place.radius *= factor;
    place.makeSafe();
    camera.position
      .copy(this._controls.target)
      .add(new Vector3().setFromSpherical(place));
    this._controls.update();
    this._touch();
  }
}

function isOnScreen(element: Element): boolean {
  const { top, bottom, width } = element.getBoundingClientRect();
  return width > 0 && bottom > 0 && top < window.innerHeight;
}
