/**
 * One WebGL renderer for all scenes of the page. Browsers keep 8 to 16 contexts and
 * drop the oldest, so each output is a plain canvas that gets its pictures from here.
 */

import { WebGLRenderer, type Camera, type Material, type Scene } from 'three';

import { KeptPrograms } from './programs';

/** A scene that wants to be drawn. */
export interface IActor {
  /** Draws when on screen and changed; returns whether it wants the next frame too. */
  frame(now: number): boolean;
  /** The GPU took the context away; a new one draws the next frame. */
  lost(): void;
}

/** How one picture is made. */
export interface IShot {
  readonly scene: Scene;
  readonly camera: Camera;
  /** In device pixels. */
  readonly width: number;
  readonly height: number;
  /** Colour behind the scene. */
  readonly background: string;
  readonly shadows: boolean;
}

/**
 * Milliseconds for which the renderer is kept without scenes: a cell that runs again
 * drops its scene and brings one, and a new context takes a tenth of a second.
 */
const KEEP = 10_000;

class Stage {
  private _renderer: WebGLRenderer | null = null;
  private _canvas: OffscreenCanvas | null = null;
  private _programs: KeptPrograms | null = null;
  private readonly _actors = new Set<IActor>();
  private _waiting = 0;
  private _freeing: number | undefined;

  /** Registers a scene. Throws where WebGL is missing. */
  enter(actor: IActor): void {
    window.clearTimeout(this._freeing);
    this._ensure();
    this._actors.add(actor);
    this.request();
  }

  /** Some time after the last one has left, the context is freed. */
  leave(actor: IActor): void {
    this._actors.delete(actor);
    if (this._actors.size === 0) {
      cancelAnimationFrame(this._waiting);
      this._waiting = 0;
      window.clearTimeout(this._freeing);
      this._freeing = window.setTimeout(() => this._free(), KEEP);
    }
  }

  /** Asks for a frame; many calls make one. */
  request(): void {
    if (this._waiting === 0) {
      this._waiting = requestAnimationFrame(now => this._tick(now));
    }
  }

  shoot(shot: IShot): ImageBitmap {
    const { renderer, canvas } = this._ensure();
    if (canvas.width !== shot.width || canvas.height !== shot.height) {
      renderer.setSize(shot.width, shot.height, false);
    }
    renderer.shadowMap.enabled = shot.shadows;
    renderer.setClearColor(shot.background, 1);
    renderer.render(shot.scene, shot.camera);
    return canvas.transferToImageBitmap();
  }

  /** Takes a material of a scene that goes, after its textures have been freed. */
  retire(material: Material): void {
    if (this._programs) {
      this._programs.keep(material);
    } else {
      material.dispose();
    }
  }

  /** What the GPU holds for all scenes. */
  get memory(): { geometries: number; textures: number; scenes: number } {
    const { geometries = 0, textures = 0 } = this._renderer?.info.memory ?? {};
    return { geometries, textures, scenes: this._actors.size };
  }

  private _ensure(): { renderer: WebGLRenderer; canvas: OffscreenCanvas } {
    if (!this._renderer || !this._canvas) {
      const canvas = new OffscreenCanvas(320, 200);
      const renderer = new WebGLRenderer({ canvas, context: contextOf(canvas) });
      renderer.setPixelRatio(1);
      this._programs = new KeptPrograms(renderer);
      canvas.addEventListener('webglcontextlost', () => {
        if (this._canvas === canvas) {
          this._renderer = null;
          this._canvas = null;
          this._programs = null;
          this._actors.forEach(actor => actor.lost());
          this.request();
        }
      });
      this._canvas = canvas;
      this._renderer = renderer;
    }
    return { renderer: this._renderer, canvas: this._canvas };
  }

  private _free(): void {
    const renderer = this._renderer;
    this._renderer = null;
    this._canvas = null;
    this._programs?.dispose();
    this._programs = null;
    renderer?.dispose();
    renderer?.forceContextLoss();
  }

  private _tick(now: number): void {
    this._waiting = 0;
    const wanting = [...this._actors].filter(actor => actor.frame(now));
    if (wanting.length > 0) {
      this.request();
    }
  }
}

/**
 * Smooth edges where a GPU draws. Where the processor does, four samples a pixel take
 * several times as long, and the browser says so by refusing the first request.
 */
function contextOf(canvas: OffscreenCanvas): WebGL2RenderingContext {
  const context =
    canvas.getContext('webgl2', {
      antialias: true,
      failIfMajorPerformanceCaveat: true
    }) ?? canvas.getContext('webgl2', { antialias: false });
  if (!context) {
    throw new Error('This browser gives no WebGL 2.');
  }
  return context;
}

/** The one WebGL context of the page: browsers keep 8 to 16 and drop the oldest. */
export const stage = new Stage();
