/**
 * The stage that Three.js skills find in scope: a scene, a camera, and a renderer that
 * draws nothing but remembers how it was set up and what it was asked to show. Code that
 * animates by `requestAnimationFrame` is played for a while and recorded as a clip.
 */

import type * as Three from 'three';
import type { ThreeModule } from './threeValues';

/** Seconds that are recorded of code that animates frame by frame. */
const RECORDED_SECONDS = 4;
const FRAMES_PER_SECOND = 30;
/** Object positions that a recording may hold. */
const MAX_SAMPLES = 1_000_000;

type Frame = (milliseconds: number) => unknown;

/** What skills use of a renderer, without a drawing surface. */
class StageRenderer {
  constructor(private readonly THREE: ThreeModule) {
    this.clearColor = null;
  }

  clearColor: Three.Color | null;
  shown: { scene: Three.Object3D; camera: Three.Camera } | null = null;
  loop: Frame | null = null;
  readonly isWebGLRenderer = true;
  readonly shadowMap = {
    enabled: false,
    type: 1,
    autoUpdate: true,
    needsUpdate: false
  };
  readonly info = { render: {}, memory: {} };
  readonly capabilities = { isWebGL2: true, getMaxAnisotropy: () => 1 };
  toneMapping = 0;
  toneMappingExposure = 1;
  outputColorSpace = 'srgb';
  autoClear = true;
  readonly domElement = {
    width: 640,
    height: 360,
    clientWidth: 640,
    clientHeight: 360,
    style: {},
    addEventListener: () => undefined,
    removeEventListener: () => undefined
  };

  render(scene: Three.Object3D, camera: Three.Camera): void {
    this.shown = { scene, camera };
  }
  setAnimationLoop(loop: Frame | null): void {
    this.loop = loop;
  }
  setClearColor(color: Three.ColorRepresentation): void {
    this.clearColor = new this.THREE.Color(color);
  }
  setSize(): void {
    return undefined;
  }
  setPixelRatio(): void {
    return undefined;
  }
  clear(): void {
    return undefined;
  }
  dispose(): void {
    return undefined;
  }
  getSize(target: Three.Vector2): Three.Vector2 {
    return target.set(this.domElement.width, this.domElement.height);
  }
}

/** Scene, camera and renderer of one call. */
export class Stage {
  constructor(THREE: ThreeModule) {
    this._three = THREE;
    this.scene = new THREE.Scene();
    this.camera = new THREE.PerspectiveCamera(50, 16 / 9, 0.1, 1000);
    this.camera.position.set(0, 0, 5);
    this.renderer = new StageRenderer(THREE);
    this._atStart = this.camera.matrix
      .compose(this.camera.position, this.camera.quaternion, this.camera.scale)
      .elements.join();
  }

  readonly scene: Three.Scene;
  readonly camera: Three.PerspectiveCamera;
  readonly renderer: StageRenderer;

  /** `requestAnimationFrame` as skills see it. */
  readonly requestFrame = (frame: Frame): number => this._frames.push(frame);

  /** Whether the skill moved or turned the camera it was given. */
  get cameraMoved(): boolean {
    const { position, quaternion, scale } = this.camera;
    const now = this.camera.matrix.compose(position, quaternion, scale);
    return now.elements.join() !== this._atStart;
  }

  /** Plays what waits for frames, and returns the motion of `root` as a clip, if any. */
  record(root: Three.Object3D): Three.AnimationClip | null {
    if (this._frames.length === 0 && !this.renderer.loop) {
      return null;
    }
    const objects: Three.Object3D[] = [];
    root.traverse(object => objects.push(object));
    const wanted = RECORDED_SECONDS * FRAMES_PER_SECOND;
    const frames = Math.min(wanted, Math.floor(MAX_SAMPLES / objects.length));
    const motions = objects.map(object => new Motion(object));
    const times: number[] = [];
    withClock(clock => {
      for (let frame = 0; frame <= frames; frame++) {
        const seconds = frame / FRAMES_PER_SECOND;
        clock.now = seconds * 1000;
        this._playFrame(clock.now);
        times.push(seconds);
        motions.forEach(motion => motion.sample());
      }
    });
    const tracks = motions.flatMap(motion => motion.tracks(this._three, times));
    return tracks.length > 0
      ? new this._three.AnimationClip('recorded', -1, tracks)
      : null;
  }

  private _playFrame(now: number): void {
    const frames = this._frames;
    this._frames = [];
    frames.forEach(frame => frame(now));
    this.renderer.loop?.(now);
  }

  private readonly _three: ThreeModule;
  private readonly _atStart: string;
  private _frames: Frame[] = [];
}

/** Position, turn and size of one object over time. */
class Motion {
  constructor(private readonly _object: Three.Object3D) {}

  sample(): void {
    const { position, quaternion, scale } = this._object;
    this._positions.push(position.x, position.y, position.z);
    this._turns.push(quaternion.x, quaternion.y, quaternion.z, quaternion.w);
    this._scales.push(scale.x, scale.y, scale.z);
  }

  tracks(THREE: ThreeModule, times: number[]): Three.KeyframeTrack[] {
    const id = this._object.uuid;
    return [
      ...(changes(this._positions, 3)
        ? [new THREE.VectorKeyframeTrack(`${id}.position`, times, this._positions)]
        : []),
      ...(changes(this._turns, 4)
        ? [new THREE.QuaternionKeyframeTrack(`${id}.quaternion`, times, this._turns)]
        : []),
      ...(changes(this._scales, 3)
        ? [new THREE.VectorKeyframeTrack(`${id}.scale`, times, this._scales)]
        : [])
    ];
  }

  private readonly _positions: number[] = [];
  private readonly _turns: number[] = [];
  private readonly _scales: number[] = [];
}

function changes(values: readonly number[], size: number): boolean {
  return values.some((value, index) => value !== values[index % size]);
}

/** Lets `performance.now` and `Date.now` tell recorded time while `work` runs. */
function withClock(work: (clock: { now: number }) => void): void {
  const clock = { now: 0 };
  const { performance } = globalThis as unknown as {
    performance: { now: () => number };
  };
  const dateNow = Date.now;
  const start = dateNow();
  Object.defineProperty(performance, 'now', {
    configurable: true,
    value: () => clock.now
  });
  Date.now = () => start + clock.now;
  try {
    work(clock);
  } finally {
    Reflect.deleteProperty(performance, 'now');
    Date.now = dateNow;
  }
}
