import '../browser';

import { packArray } from '@llmos-lab/skills';
import { MeshBasicMaterial, Texture, type WebGLRenderer } from 'three';

import { readScene, type ISceneModel } from '../../src/mime/scene/model';
import { Playback } from '../../src/mime/scene/playback';
import { KeptPrograms } from '../../src/mime/scene/programs';
import { World } from '../../src/mime/scene/world';

const MATERIAL = { uuid: 'm', type: 'MeshBasicMaterial', color: 255 };
const SCENE = {
  metadata: { version: 4.7, type: 'Object', generator: 'test' },
  geometries: [
    {
      uuid: 'g',
      type: 'BufferGeometry',
      data: {
        attributes: {
          position: {
            itemSize: 3,
            type: 'Float32Array',
            array: packArray(Float32Array.of(0, 0, 0, 4, 0, 0, 0, 2, 0)),
            normalized: false
          }
        }
      }
    }
  ],
  materials: [MATERIAL],
  object: {
    uuid: 's',
    type: 'Scene',
    children: [{ uuid: 'a', type: 'Mesh', name: 'a', geometry: 'g', material: 'm' }]
  }
};
const BUNDLE = {
  v: 1,
  scene: SCENE,
  camera: null,
  view: { background: '#102030', duration: 0, shadows: false }
};

function modelOf(payload: unknown): ISceneModel {
  const reading = readScene(payload);
  if ('problem' in reading) {
    throw new Error(reading.problem);
  }
  return reading.model;
}

describe('readScene', () => {
  it('says what is wrong with a payload', () => {
    const problemOf = (payload: unknown): unknown => readScene(payload);
    expect(problemOf([])).toEqual({
      problem: expect.stringContaining('version 1') as string
    });
    expect(problemOf({ v: 1, scene: { object: 3 } })).toEqual({
      problem: expect.stringContaining('no object') as string
    });
    const array = { dtype: 'float32', base64: '%' };
    expect(problemOf({ v: 1, scene: { object: { array } } })).toEqual({
      problem: expect.stringContaining('cannot be decoded') as string
    });
  });

  it('takes colours only as #rrggbb', () => {
    const view = { background: 'url(x)' };
    expect(modelOf({ ...BUNDLE, view }).background).toBeNull();
    expect(modelOf(BUNDLE).background).toBe('#102030');
  });

  it('leaves shaders and fetched images out, and says so', () => {
    const scene = {
      ...SCENE,
      materials: [{ uuid: 'm', type: 'ShaderMaterial', fragmentShader: 'for(;;){}' }],
      images: [
        { uuid: 'i', url: 'https://example.org/x.png' },
        { uuid: 'j', url: 'data:image/png;base64,aGk=' }
      ]
    };
    const model = modelOf({ ...BUNDLE, scene });
    expect(JSON.stringify(model.scene)).not.toMatch(/for\(|example/);
    expect(JSON.stringify(model.scene)).toContain('aGk=');
    expect(model.notes).toHaveLength(2);
  });
});

describe('World', () => {
  it('reads packed geometry, lights it, and looks at all of it', async () => {
    const world = await World.load(modelOf(BUNDLE));
    expect(world.bounds.center.toArray()).toEqual([2, 1, 0]);
    expect(world.scene.children.filter(child => 'isLight' in child)).toHaveLength(2);
    expect(world.fit().toArray()).toEqual([2, 1, 0]);
    const away = world.camera.position.distanceTo(world.bounds.center);
    expect(away).toBeGreaterThan(world.bounds.radius);
  });

  it('reads a camera as numbers, and nothing that it names', async () => {
    const matrix = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 2, 3, 1];
    const lens = {
      type: 'PerspectiveCamera',
      fov: 30,
      near: 2,
      far: 9,
      zoom: 2,
      matrix
    };
    const camera = {
      images: [{ uuid: 'i', url: 'https://x.org/a.png' }],
      object: { ...lens, children: [{ type: 'Mesh' }] }
    };
    const world = await World.load(modelOf({ ...BUNDLE, camera }));
    expect(world.hasCamera).toBe(true);
    expect(world.camera).toMatchObject({ fov: 30, near: 2, far: 9, zoom: 2 });
    expect(world.camera.position.toArray()).toEqual([1, 2, 3]);
    expect(world.camera.children).toEqual([]);
    const other = { object: { type: 'Mesh' } };
    const plain = await World.load(modelOf({ ...BUNDLE, camera: other }));
    expect(plain.hasCamera).toBe(false);
  });

  it('exports what the skill made, without grid, axes and our lights', async () => {
    const world = await World.load(modelOf(BUNDLE));
    world.showGrid(true);
    world.showAxes(true);
    const count = await world.bare(scene => Promise.resolve(scene.children.length));
    expect(count).toBe(1);
    expect(world.scene.children).toHaveLength(5);
  });

  it('frees geometries, and hands materials on, each once', async () => {
    const world = await World.load(modelOf(BUNDLE));
    const freed: string[] = [];
    world.scene.traverse(object => {
      const { geometry } = object as unknown as Record<
        string,
        { addEventListener(type: string, listener: () => void): void } | undefined
      >;
      geometry?.addEventListener('dispose', () => freed.push('geometry'));
    });
    world.dispose(material => freed.push(material.type));
    expect(freed).toEqual(['geometry', 'MeshBasicMaterial']);
    expect(world.scene.children).toEqual([]);
  });
});

describe('KeptPrograms', () => {
  it('keeps the last materials without their textures, and frees the rest', () => {
    const uniforms = { map: { value: new Texture() }, opacity: { value: 1 } };
    const renderer = { properties: { get: () => ({ uniforms }) } };
    const kept = new KeptPrograms(renderer as unknown as WebGLRenderer);
    const freed: string[] = [];
    for (let at = 0; at < 18; at++) {
      const material = new MeshBasicMaterial({ map: new Texture() });
      material.addEventListener('dispose', () => freed.push(String(at)));
      kept.keep(material);
      expect(material.map).toBeNull();
    }
    expect(uniforms).toEqual({ map: { value: null }, opacity: { value: 1 } });
    expect(freed).toEqual(['0', '1']);
    kept.dispose();
    expect(freed).toHaveLength(18);
  });
});

describe('Playback', () => {
  it('goes round, and counts frames', () => {
    const playback = new Playback(1, { autoplay: true });
    for (let now = 1000; now <= 2500; now += 50) {
      playback.advance(now);
    }
    expect(playback.time).toBeCloseTo(0.5);
    expect(playback.fps).toBeCloseTo(20);
  });

  it('does not start by itself where motion is reduced, and stays inside', () => {
    const playback = new Playback(2, { autoplay: false });
    playback.advance(1000);
    playback.advance(1100);
    expect(playback.time).toBe(0);
    playback.seek(9);
    expect(playback.time).toBe(2);
  });
});
