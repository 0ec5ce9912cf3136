/** A scene as Three.js objects: loading, light, helpers, fitting, clips and freeing. */

import {
  AnimationMixer,
  AxesHelper,
  Box3,
  DirectionalLight,
  GridHelper,
  HemisphereLight,
  ObjectLoader,
  OrthographicCamera,
  PerspectiveCamera,
  Scene,
  Sphere,
  Vector3,
  type AnimationClip,
  type Material,
  type Object3D
} from 'three';

import { readLens, type Lens } from './lens';
import type { ISceneModel } from './model';

/** Moments of an animation at which its extent is taken. */
const STEPS = 12;

/** A scene made of its bundle; `dispose` gives its GPU memory back. */
export class World {
  readonly scene: Scene;
  readonly camera: Lens;
  readonly clips: readonly AnimationClip[];
  /** Seconds of the longest clip; 0 when nothing moves. */
  readonly duration: number;
  /** Around everything shown, without helpers. */
  readonly bounds: Sphere;
  /** Whether the skill placed the camera. */
  readonly hasCamera: boolean;
  private readonly _mixer: AnimationMixer;
  /** Ours, for scenes without any. */
  private readonly _lights: readonly Object3D[] = [];
  private readonly _helpers: { grid: GridHelper | null; axes: AxesHelper | null } = {
    grid: null,
    axes: null
  };

  private constructor(scene: Scene, camera: Lens | null) {
    this.scene = scene;
    this.hasCamera = camera !== null;
    this.camera = camera ?? new PerspectiveCamera(45, 1.6);
    this.clips = scene.animations;
    this.duration = Math.max(0, ...this.clips.map(clip => clip.duration));
    this._mixer = new AnimationMixer(scene);
    this.clips.forEach(clip => this._mixer.clipAction(clip).play());
    this.bounds = this._boundsOverTime();
    if (!camera) {
      this.camera.position.copy(this.bounds.center).add(new Vector3(1, 0.7, 1.4));
    }
    if (!hasLight(scene)) {
      const sun = new DirectionalLight(0xffffff, 2);
      sun.position.set(2, 4, 3);
      this._lights = [new HemisphereLight(0xffffff, 0x667788, 1.5), sun];
      scene.add(...this._lights);
    }
  }

  /** Builds the objects; rejects when Three.js cannot read the JSON. */
  static async load(model: ISceneModel): Promise<World> {
    const root: Object3D = await new ObjectLoader().parseAsync(model.scene);
    const scene = isScene(root) ? root : new Scene().add(root);
    return new World(scene, model.camera && readLens(model.camera));
  }

  /** Shows the scene as it is `seconds` into its clips. */
  setTime(seconds: number): void {
    if (this.duration > 0) {
      this._mixer.setTime(seconds);
    }
  }

  /** Puts the camera where everything is seen, and returns the point it looks at. */
  fit(): Vector3 {
    const { center, radius } = this.bounds;
    const direction = this.camera.position.clone().sub(center);
    if (direction.lengthSq() < 1e-12) {
      direction.set(1, 0.7, 1.4);
    }
    const view =
      this.camera instanceof PerspectiveCamera
        ? radius / Math.sin((this.camera.fov * Math.PI) / 360)
        : radius * 3;
    this.camera.position.copy(center).add(direction.setLength(view * 1.15));
    this.camera.near = Math.max(radius / 1000, 1e-4);
    this.camera.far = Math.max(radius * 100, 10);
    if (this.camera instanceof OrthographicCamera) {
      this.camera.zoom = 1;
      const aspect = this.camera.right / Math.max(this.camera.top, 1e-9);
      setBox(this.camera, radius * 1.15, aspect);
    }
    this.camera.lookAt(center);
    this.camera.updateProjectionMatrix();
    return center.clone();
  }

  setAspect(aspect: number): void {
    if (this.camera instanceof PerspectiveCamera) {
      this.camera.aspect = aspect;
    } else {
      setBox(this.camera, (this.camera.top - this.camera.bottom) / 2, aspect);
    }
    this.camera.updateProjectionMatrix();
  }

  showGrid(shown: boolean): void {
    this._helpers.grid = this._helper(this._helpers.grid, shown, () => {
      const { center, radius } = this.bounds;
      const step = 10 ** Math.floor(Math.log10(Math.max(radius, 1e-6)));
      const grid = new GridHelper(step * 20, 20, 0x888888, 0x555555);
      grid.position.set(center.x, Math.min(0, center.y), center.z);
      return grid;
    });
  }

  showAxes(shown: boolean): void {
    this._helpers.axes = this._helper(
      this._helpers.axes,
      shown,
      () => new AxesHelper(this.bounds.radius * 1.5)
    );
  }

  /** Runs `use` on the scene as the skill made it, without what we added. */
  async bare<T>(use: (scene: Scene) => Promise<T>): Promise<T> {
    const { grid, axes } = this._helpers;
    const helpers = [grid, axes, ...this._lights].filter(one => one !== null);
    helpers.forEach(one => this.scene.remove(one));
    try {
      return await use(this.scene);
    } finally {
      helpers.forEach(one => this.scene.add(one));
    }
  }

  /**
   * Frees geometries, textures, skeletons and shadow maps; `retire` gets the materials.
   */
  dispose(retire: (material: Material) => void): void {
    this._mixer.stopAllAction();
    this._mixer.uncacheRoot(this.scene);
    const seen = new Set<unknown>();
    this.scene.traverse(object => free(object, seen, retire));
    freeTexture(this.scene.background, seen);
    freeTexture(this.scene.environment, seen);
    this.scene.clear();
  }

  /** Around all that is shown while the clips play, so that nothing moves out of sight. */
  private _boundsOverTime(): Sphere {
    const box = new Box3();
    for (let step = 0; step < (this.duration > 0 ? STEPS : 1); step++) {
      this.setTime((step / STEPS) * this.duration);
      this.scene.updateMatrixWorld();
      box.union(new Box3().setFromObject(this.scene));
    }
    this.setTime(0);
    return sphereOf(box);
  }

  private _helper<T extends GridHelper | AxesHelper>(
    present: T | null,
    shown: boolean,
    make: () => T
  ): T | null {
    if (shown) {
      const made = present ?? make();
      this.scene.add(made);
      return made;
    }
    present?.removeFromParent();
    present?.dispose();
    return null;
  }
}

function isScene(object: Object3D): object is Scene {
  return 'isScene' in object;
}

function setBox(camera: OrthographicCamera, half: number, aspect: number): void {
  camera.top = half;
  camera.bottom = -half;
  camera.right = half * aspect;
  camera.left = -half * aspect;
}

function sphereOf(box: Box3): Sphere {
  const sphere = box.isEmpty() ? new Sphere() : box.getBoundingSphere(new Sphere());
  return sphere.radius > 0 && Number.isFinite(sphere.radius)
    ? sphere
    : new Sphere(new Vector3(), 1);
}

function hasLight(scene: Scene): boolean {
  let found = scene.environment !== null;
  scene.traverse(object => {
    found ||= 'isLight' in object;
  });
  return found;
}

function free(
  object: Object3D,
  seen: Set<unknown>,
  retire: (material: Material) => void
): void {
  const { geometry, material, skeleton, dispose } = object as Object3D & {
    geometry?: { dispose(): void };
    material?: Material | readonly Material[];
    skeleton?: { dispose(): void };
    dispose?: () => void;
  };
  geometry?.dispose();
  skeleton?.dispose();
  for (const one of [material].flat()) {
    if (one && !seen.has(one)) {
      seen.add(one);
      Object.values(one).forEach(value => freeTexture(value, seen));
      retire(one);
    }
  }
  // Lights (their shadow maps) and helpers bring their own.
  dispose?.call(object);
}

function freeTexture(value: unknown, seen: Set<unknown>): void {
  const texture = value as { isTexture?: boolean; dispose?: () => void } | null;
  if (texture?.isTexture && !seen.has(texture)) {
    seen.add(texture);
    texture.dispose?.();
  }
}
