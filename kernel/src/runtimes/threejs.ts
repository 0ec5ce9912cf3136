/** Runs a Three.js skill in the thread it is called in; isolation is the caller's. */

import { SCENE_MIME, packJson, type ISceneBundle } from '@llmos-lab/skills';
import type * as Three from 'three';
import { NO_FILES } from './besideFiles';
import { compileSkill } from './code';
import { LogLines, makeConsole } from './console';
import { surveyOutputs } from './data';
import { failure } from './failure';
import { guarded, namedOutputs, type IRunOptions } from './javascript';
import type { SkillCode } from './netlist';
import type { IOutcome } from './outcome';
import { serveFiles } from './threeFiles';
import { Stage } from './threeStage';
import { fromPlain, threeToJson, toPlain, type ThreeModule } from './threeValues';

type Returned = Readonly<Record<string, unknown>>;

/**
 * Runs `skill` with `THREE, scene, camera, renderer, inputs, files` in scope. What it returns,
 * or else what it added to `scene`, becomes outputs in Three.js's JSON and a preview.
 */
export async function runThreejs(
  THREE: ThreeModule,
  skill: SkillCode,
  inputs: Readonly<Record<string, unknown>>,
  options: IRunOptions = {}
): Promise<IOutcome> {
  const logs = new LogLines(options.onLog, options.maxLogLines);
  const { files = NO_FILES } = options;
  serveFiles(THREE, files);
  const made = await guarded(skill, logs, async () => {
    const stage = new Stage(THREE);
    const scope = {
      inputs: fromPlain(THREE, inputs),
      console: makeConsole(logs),
      THREE,
      scene: stage.scene,
      camera: stage.camera,
      renderer: stage.renderer,
      files,
      requestAnimationFrame: stage.requestFrame
    };
    const value = await compileSkill(skill.code, skill.codeLine, scope)();
    return present(THREE, skill, { stage, returned: asRecord(value) }, options);
  });
  return { ...made, logs: logs.lines };
}

interface IPlayed {
  readonly stage: Stage;
  readonly returned: Returned;
}

/** A scene or another object returned alone counts as the output of that kind. */
function asRecord(value: unknown): Returned {
  if (value === undefined || value === null) {
    return {};
  }
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw failure(
      'bad-output',
      `A Three.js skill returns one object with its outputs, a scene, or nothing; this ` +
        `one returned ${Array.isArray(value) ? 'a list' : `a ${typeof value}`}.`,
      { name: 'TypeError' }
    );
  }
  const { isScene, isMesh, isObject3D, isBufferGeometry, isMaterial } = value as Record<
    string,
    unknown
  >;
  if (isScene || (isObject3D && !isMesh)) {
    return { scene: value };
  }
  return isMesh
    ? { mesh: value }
    : isBufferGeometry
      ? { geometry: value }
      : isMaterial
        ? { material: value }
        : (value as Returned);
}

function present(
  THREE: ThreeModule,
  skill: SkillCode,
  played: IPlayed,
  options: IRunOptions
): Pick<IOutcome, 'outputs' | 'bundle'> {
  const { stage, returned } = played;
  const shown = sceneOf(THREE, played);
  shown.animations = clipsOf(THREE, shown, played);
  const camera = cameraOf(played);
  const filled: Record<string, unknown> = { ...returned };
  for (const port of skill.outputs) {
    if (
      filled[port.name] === undefined &&
      (port.type === 'scene' || port.name === 'scene')
    ) {
      filled[port.name] = shown;
    }
    if (filled[port.name] === undefined && port.name === 'camera') {
      filled[port.name] = camera ?? stage.camera;
    }
    if (filled[port.name] === undefined && /^(clips|animations)$/.test(port.name)) {
      filled[port.name] = shown.animations;
    }
  }
  const outputs = toPlain(THREE, declaredOutputs(skill, filled)) as Returned;
  surveyOutputs(outputs, options.maxOutputBytes);
  const json = threeToJson(THREE, shown);
  const bundle: ISceneBundle = {
    v: 1,
    scene: packJson(json) as ISceneBundle['scene'],
    camera: camera
      ? (packJson(threeToJson(THREE, camera)) as ISceneBundle['scene'])
      : null,
    view: {
      background: stage.renderer.clearColor
        ? `#${stage.renderer.clearColor.getHexString()}`
        : null,
      duration: Math.max(0, ...shown.animations.map(clip => clip.duration)),
      shadows: stage.renderer.shadowMap.enabled
    }
  };
  return { outputs, bundle: { [SCENE_MIME]: bundle, 'text/plain': summary(shown) } };
}

/** What the skill declares: clips and camera may be returned for the preview alone. */
function declaredOutputs(skill: SkillCode, filled: Returned): Returned {
  const named = namedOutputs(skill, filled);
  const kept = skill.outputs.map(({ name }) => [name, named[name]]);
  return kept.length > 0 ? (Object.fromEntries(kept) as Returned) : named;
}

/** What to show: the returned scene, the rendered one, the given one, or a sample. */
function sceneOf(THREE: ThreeModule, { stage, returned }: IPlayed): Three.Scene {
  const { scene } = returned;
  if (isKind<Three.Object3D>(scene, 'isObject3D')) {
    return isKind<Three.Scene>(scene, 'isScene') ? scene : wrapped(THREE, scene);
  }
  const rendered = stage.renderer.shown?.scene;
  if (isKind<Three.Scene>(rendered, 'isScene')) {
    return rendered;
  }
  if (stage.scene.children.length > 0) {
    return stage.scene;
  }
  return wrapped(THREE, sampleOf(THREE, Object.values(returned)));
}

function wrapped(THREE: ThreeModule, object: Three.Object3D): Three.Scene {
  const scene = new THREE.Scene();
  scene.add(object.parent ? object.clone() : object);
  return scene;
}

/** What was returned as objects; else samples of the returned geometries and materials. */
function sampleOf(THREE: ThreeModule, values: readonly unknown[]): Three.Object3D {
  const group = new THREE.Group();
  const objects = values.filter(
    value => isKind<Three.Object3D>(value, 'isObject3D') && !('isCamera' in value)
  ) as Three.Object3D[];
  objects.forEach(object => group.add(object.parent ? object.clone() : object));
  for (const value of objects.length > 0 ? [] : values) {
    if (isKind<Three.BufferGeometry>(value, 'isBufferGeometry')) {
      const paint = new THREE.MeshStandardMaterial({ color: 0x6699cc });
      group.add(new THREE.Mesh(value, paint));
    } else if (isKind<Three.Material>(value, 'isMaterial')) {
      group.add(new THREE.Mesh(new THREE.SphereGeometry(1, 48, 32), value));
    }
  }
  return group;
}

function clipsOf(
  THREE: ThreeModule,
  shown: Three.Scene,
  { stage, returned }: IPlayed
): Three.AnimationClip[] {
  const { clips = [], animations = [], clip = [] } = returned;
  const given = [clips, animations, clip]
    .flat()
    .filter(item => item instanceof THREE.AnimationClip);
  const recorded = stage.record(shown);
  const all = [...shown.animations, ...given, ...(recorded ? [recorded] : [])];
  return [...new Set(all)];
}

function cameraOf({ stage, returned }: IPlayed): Three.Camera | null {
  const { camera } = returned;
  if (isKind<Three.Camera>(camera, 'isCamera')) {
    return camera;
  }
  const rendered = stage.renderer.shown?.camera;
  return rendered && (rendered !== stage.camera || stage.cameraMoved)
    ? rendered
    : stage.cameraMoved
      ? stage.camera
      : null;
}

function isKind<T>(value: unknown, flag: string): value is T {
  return typeof value === 'object' && value !== null && flag in value;
}

/** Plain text of a scene, for viewers without the renderer. */
function summary(scene: Three.Scene): string {
  let meshes = 0;
  let triangles = 0;
  let lights = 0;
  scene.traverse(object => {
    lights += isKind(object, 'isLight') ? 1 : 0;
    if (isKind<Three.Mesh>(object, 'isMesh')) {
      meshes += 1;
      const { index, attributes } = object.geometry;
      const corners = index?.count ?? attributes['position']?.count ?? 0;
      triangles += Math.floor(corners / 3);
    }
  });
  const clips = scene.animations.map(
    clip => `${clip.name || 'clip'} (${Number(clip.duration.toFixed(3))} s)`
  );
  const parts = [`${meshes} mesh${meshes === 1 ? '' : 'es'}`, `${triangles} triangles`];
  if (lights > 0) {
    parts.push(`${lights} light${lights === 1 ? '' : 's'}`);
  }
  if (clips.length > 0) {
    parts.push(`animated: ${clips.join(', ')}`);
  }
  return `Three.js scene: ${parts.join(', ')}`;
}
