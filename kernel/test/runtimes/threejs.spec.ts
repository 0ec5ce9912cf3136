import {
  SCENE_MIME,
  unpackJson,
  type IPort,
  type ISceneBundle
} from '@llmos-lab/skills';
import * as THREE from 'three';
import type { IOutcome } from '../../src/runtimes/outcome';
import { runThreejs } from '../../src/runtimes/threejs';
import { fromPlain, threeToJson } from '../../src/runtimes/threeValues';
import { readSkill } from './library';
import { skillOf } from './skill';

const SCENE: readonly IPort[] = [{ name: 'scene', type: 'scene' }];

const run = (
  code: string,
  inputs: Record<string, unknown> = {},
  outputs: readonly IPort[] = SCENE
): Promise<IOutcome> => runThreejs(THREE, skillOf(code, [], outputs), inputs);

const runNamed = (
  id: string,
  inputs: Record<string, unknown> = {}
): Promise<IOutcome> => {
  const { skill, defaults } = readSkill(id);
  return runThreejs(THREE, skill, { ...defaults, ...inputs });
};

const bundleOf = (outcome: IOutcome): ISceneBundle =>
  outcome.bundle[SCENE_MIME] as ISceneBundle;

/** The scene as the renderer reads it from a notebook. */
const shown = (outcome: IOutcome): THREE.Scene => {
  const stored = JSON.parse(JSON.stringify(bundleOf(outcome))) as ISceneBundle;
  return new THREE.ObjectLoader().parse(unpackJson(stored.scene)) as THREE.Scene;
};

const MESH =
  'new THREE.Mesh(new THREE.SphereGeometry(1, 8, 6), new THREE.MeshBasicMaterial())';

describe('a Three.js skill', () => {
  it.each([
    ['adds to the scene', `scene.add(${MESH});`],
    ['returns the scene', `scene.add(${MESH}); return { scene };`],
    ['returns its own scene', `const s = new THREE.Scene(); s.add(${MESH}); return s;`],
    [
      'declares a name in scope',
      `const scene = new THREE.Scene(); scene.add(${MESH}); return { scene };`
    ],
    [
      'renders its own scene',
      `const s = new THREE.Scene(); s.add(${MESH}); renderer.render(s, camera);`
    ],
    ['defines execute', `function execute() { scene.add(${MESH}); return { scene }; }`],
    [
      'takes the tools as argument',
      `function execute(inputs, { THREE, scene }) { scene.add(${MESH}); }`
    ]
  ])('%s', async (_name, code) => {
    const outcome = await run(code);
    expect(outcome.bundle['text/plain']).toBe('Three.js scene: 1 mesh, 80 triangles');
    expect(shown(outcome).children).toHaveLength(1);
    expect(outcome.outputs['scene']).toMatchObject({ object: { type: 'Scene' } });
  });

  it('keeps how parts and camera are placed and turned', async () => {
    const outcome = await run(
      `const mesh = ${MESH}; mesh.rotation.x = -Math.PI / 2; mesh.position.y = 3;
       scene.add(mesh); camera.position.set(0, 5, 5); camera.lookAt(0, 0, 0);
       return { scene, camera };`
    );
    const [mesh] = shown(outcome).children;
    expect(mesh?.rotation.x).toBeCloseTo(-Math.PI / 2, 6);
    expect(mesh?.position.y).toBe(3);
    const lens = unpackJson(bundleOf(outcome).camera ?? null);
    const camera = new THREE.ObjectLoader().parse(lens);
    expect(camera.rotation.x).toBeCloseTo(-Math.PI / 4, 6);
  });

  describe('files beside the skill', () => {
    const pixel = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64'
    );
    const files = {
      'bricks.png': new Uint8Array(pixel),
      'shape.json': new TextEncoder().encode('{"side": 3}')
    };
    const runWith = (code: string): Promise<IOutcome> =>
      runThreejs(THREE, skillOf(code, [], SCENE), {}, { files });
    const mapOf = (outcome: IOutcome): unknown => {
      const json = bundleOf(outcome).scene as unknown as {
        images?: readonly { url: unknown }[];
      };
      return json.images?.[0]?.url;
    };
    const mesh = (map: string): string =>
      `scene.add(new THREE.Mesh(new THREE.BoxGeometry(),
         new THREE.MeshBasicMaterial({ map: ${map} })));`;

    it('become textures, whose file stands in the scene', async () => {
      const url = `data:image/png;base64,${pixel.toString('base64')}`;
      const load = "new THREE.TextureLoader().load('./bricks.png')";
      expect(mapOf(await runWith(mesh(load)))).toBe(url);
      const waited =
        "await new THREE.TextureLoader().setPath('bricks').loadAsync('.png')";
      expect(mapOf(await runWith(mesh(waited)))).toBe(url);
    });

    it('become the sides of a cube', async () => {
      const sides = `const envMap = new THREE.CubeTextureLoader().load(Array(6).fill('bricks.png'));
        scene.add(new THREE.Mesh(new THREE.BoxGeometry(), new THREE.MeshStandardMaterial({ envMap })));`;
      expect(mapOf(await runWith(sides))).toHaveLength(6);
    });

    it('go on to the next skill with their scene', async () => {
      const first = await runWith(mesh("new THREE.TextureLoader().load('bricks.png')"));
      const next = await run('return { scene: inputs.scene };', first.outputs);
      expect(mapOf(next)).toEqual(mapOf(first));
    });

    it('are read as they are', async () => {
      const outcome = await runThreejs(
        THREE,
        skillOf(
          `const { side } = await new THREE.FileLoader().setResponseType('json').loadAsync('shape.json');
           return { side, bytes: files['bricks.png'].length };`,
          [],
          [
            { name: 'side', type: 'number' },
            { name: 'bytes', type: 'number' }
          ]
        ),
        {},
        { files }
      );
      expect(outcome.outputs).toEqual({ side: 3, bytes: pixel.length });
    });

    it('are named when another is asked for, whichever loader asks', async () => {
      const load = 'new THREE.TextureLoader().load("wood.png");';
      await expect(run(load)).rejects.toThrow(
        /"wood\.png" cannot be loaded: .*there are none.*DataTexture/
      );
      await expect(runWith(load)).rejects.toThrow(
        /"wood\.png" cannot be loaded: beside the skill are only bricks\.png, shape\.json/
      );
      await expect(
        runWith('new THREE.FileLoader().load("model.obj");')
      ).rejects.toThrow(/"model\.obj" cannot be loaded/);
      await expect(
        runWith('new THREE.TextureLoader().load("shape.json");')
      ).rejects.toThrow(/is no PNG, JPEG, GIF or WebP image/);
      await expect(
        runWith('new THREE.TextureLoader().load("https://example.org/a.png");')
      ).rejects.toThrow(/cannot be loaded/);
    });
  });

  it('gives vertices as typed arrays, and the same JSON each time', async () => {
    const code = `scene.add(new THREE.Points(new THREE.BufferGeometry().setAttribute('position',
      new THREE.Float32BufferAttribute(Array.from({ length: 300 }, (_, i) => i / 7), 3))));`;
    const [first, second] = await Promise.all([run(code), run(code)]);
    const geometries = (first.outputs['scene'] as { geometries: unknown[] }).geometries;
    const [geometry] = geometries as [
      { data: { attributes: { position: { array: Float32Array } } } }
    ];
    expect(geometry.data.attributes.position.array).toEqual(
      Float32Array.from({ length: 300 }, (_, index) => index / 7)
    );
    expect(first.outputs).toEqual(second.outputs);
    const points = shown(first).children[0] as THREE.Points;
    expect(points.geometry.getAttribute('position').getX(1)).toBeCloseTo(3 / 7, 6);
  });

  it('carries clips, camera and background', async () => {
    const outcome = await run(`
      const mesh = ${MESH};
      mesh.name = 'ball';
      scene.add(mesh);
      camera.position.set(1, 2, 3);
      renderer.setClearColor('#102030');
      const track = new THREE.VectorKeyframeTrack('ball.position', [0, 2], [0, 0, 0, 1, 0, 0]);
      return { scene, clips: [new THREE.AnimationClip('slide', 2, [track])] };`);
    const { camera, view } = bundleOf(outcome);
    const scene = shown(outcome);
    expect(view).toEqual({ background: '#102030', duration: 2, shadows: false });
    expect(camera).toMatchObject({ object: { type: 'PerspectiveCamera' } });
    expect(scene.animations[0]?.tracks[0]?.name).toBe('ball.position');
    const mixer = new THREE.AnimationMixer(scene);
    mixer.clipAction(scene.animations[0] as THREE.AnimationClip).play();
    mixer.setTime(1);
    expect(scene.getObjectByName('ball')?.position.x).toBeCloseTo(0.5, 6);
  });

  it('records code that animates frame by frame', async () => {
    const outcome = await run(`
      const mesh = ${MESH};
      scene.add(mesh);
      function animate(time) {
        requestAnimationFrame(animate);
        mesh.position.x = time / 1000;
        renderer.render(scene, camera);
      }
      animate(0);`);
    const scene = shown(outcome);
    const [clip] = scene.animations as [THREE.AnimationClip];
    expect(clip.duration).toBeCloseTo(4, 6);
    const mixer = new THREE.AnimationMixer(scene);
    mixer.clipAction(clip).play();
    mixer.setTime(2.5);
    expect(scene.children[0]?.position.x).toBeCloseTo(2.5, 5);
  });

  it('shows geometries and materials that are returned alone', async () => {
    const outputs: readonly IPort[] = [{ name: 'geometry', type: 'geometry' }];
    const outcome = await run('return new THREE.BoxGeometry(1, 2, 3);', {}, outputs);
    expect(outcome.bundle['text/plain']).toContain('1 mesh, 12 triangles');
    const geometry = fromPlain(THREE, outcome.outputs['geometry']) as THREE.BoxGeometry;
    expect(geometry.parameters).toMatchObject({ width: 1, height: 2, depth: 3 });
  });

  it('keeps two copies of one input apart', async () => {
    const mesh = threeToJson(
      THREE,
      new THREE.Mesh(new THREE.BoxGeometry(), new THREE.MeshBasicMaterial())
    );
    const other = threeToJson(
      THREE,
      new THREE.Mesh(new THREE.SphereGeometry(), new THREE.MeshBasicMaterial())
    );
    const outcome = await run('scene.add(...inputs.meshes);', {
      meshes: [mesh, other]
    });
    const kinds = shown(outcome).children.map(
      child => (child as THREE.Mesh).geometry.type
    );
    expect(kinds).toEqual(['BoxGeometry', 'SphereGeometry']);
  });

  it('names the line of an error', async () => {
    await expect(run('scene.add(null.x);')).rejects.toMatchObject({
      failure: { code: 'skill-error', name: 'TypeError', line: 10 }
    });
    await expect(run('return 5;')).rejects.toThrow(/one returned a number/);
  });
});

describe('the 3D skills of the library', () => {
  it('threejs-cube turns once in the time its speed says', async () => {
    const outcome = await runNamed('threejs-cube', { size: 2, speed: 0.5 });
    expect(outcome.outputs['volume']).toBe(8);
    const scene = shown(outcome);
    const [clip] = scene.animations as [THREE.AnimationClip];
    expect(clip.duration).toBe(2);
    const mixer = new THREE.AnimationMixer(scene);
    mixer.clipAction(clip).play();
    mixer.setTime(0.5);
    const turn = scene.getObjectByName('cube')?.rotation.y ?? 0;
    expect(turn).toBeCloseTo(Math.PI / 2, 3);
  });

  it('threejs-cube refuses an unknown colour', async () => {
    await expect(runNamed('threejs-cube', { color: 'blurple' })).rejects.toThrow(
      /"blurple" is no colour/
    );
  });

  it.each([
    ['spin', 1, 0],
    ['bounce', 1, 1],
    ['orbit', 1, 0]
  ])('threejs-animation: %s', async (motion, amplitude, height) => {
    const cube = await runNamed('threejs-cube', { speed: 0 });
    const outcome = await runNamed('threejs-animation', {
      mesh: cube.outputs['mesh'],
      motion,
      amplitude
    });
    const scene = shown(outcome);
    const mixer = new THREE.AnimationMixer(scene);
    mixer.clipAction(scene.animations[0] as THREE.AnimationClip).play();
    mixer.setTime(2);
    expect(scene.getObjectByName('cube')?.position.y).toBeCloseTo(height, 4);
  });

  it('the chain from geometry to scene holds together', async () => {
    const ball = await runNamed('threejs-geometry', { shape: 'sphere', size: 0.5 });
    const gold = await runNamed('threejs-material', {
      geometry: ball.outputs['geometry'],
      color: '#d4af37'
    });
    const mesh = gold.outputs['mesh'];
    const show = await runNamed('threejs-scene', {
      meshes: [mesh, mesh, mesh],
      spacing: 1
    });
    expect(show.outputs['size']).toEqual([
      expect.closeTo(5, 1),
      expect.closeTo(1, 2),
      expect.closeTo(1, 1)
    ]);
    const colors: string[] = [];
    shown(show).traverse(object => {
      const { material } = object as THREE.Mesh<
        THREE.BufferGeometry,
        THREE.MeshStandardMaterial
      >;
      if (material) {
        colors.push(material.color.getHexString());
      }
    });
    expect(colors).toEqual(['d4af37', 'd4af37', 'd4af37', '9ca3af']);
  });

  it('threejs-geometry lifts a surface to its heights', async () => {
    const heights = [
      [0, 1, 2],
      [3, 4, 5]
    ];
    const outcome = await runNamed('threejs-geometry', { shape: 'surface', heights });
    const geometry = fromPlain(
      THREE,
      outcome.outputs['geometry']
    ) as THREE.BufferGeometry;
    const position = geometry.getAttribute('position');
    expect([0, 1, 2, 3, 4, 5].map(index => position.getY(index))).toEqual(
      heights.flat()
    );
    expect(outcome.outputs).toMatchObject({ vertices: 6, triangles: 4 });
    await expect(runNamed('threejs-geometry', { shape: 'surface' })).rejects.toThrow(
      /A surface needs heights/
    );
  });

  it.each(['box', 'cylinder', 'cone', 'torus', 'torus-knot', 'plane'])(
    'threejs-geometry makes a %s of finite vertices',
    async shape => {
      const outcome = await runNamed('threejs-geometry', { shape });
      const geometry = fromPlain(
        THREE,
        outcome.outputs['geometry']
      ) as THREE.BufferGeometry;
      const { array } = geometry.getAttribute('position');
      expect(Array.from(array).every(Number.isFinite)).toBe(true);
      expect(outcome.outputs['vertices']).toBe(array.length / 3);
    }
  );
});
