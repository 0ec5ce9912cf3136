/**
 * Keeps shader programs for the next scene. Three.js drops a program with its last
 * material, and a cell that runs again drops its scene just before it brings one of the
 * same kind; compiling takes a tenth of a second where no GPU is.
 */

import type { Material, WebGLRenderer } from 'three';

/** Materials whose programs are kept, the last ones that were in use. */
const KEPT = 16;

/** The last programs of this renderer; part of the stage, gone with it. */
export class KeptPrograms {
  constructor(private readonly _renderer: WebGLRenderer) {}

  /** Takes a material that no scene uses any more, with its textures already freed. */
  keep(material: Material): void {
    forgetTextures(material);
    forgetTextures(this._renderer.properties.get(material));
    this._materials.add(material);
    for (const oldest of [...this._materials].slice(0, -KEPT)) {
      this._materials.delete(oldest);
      oldest.dispose();
    }
  }

  /** Frees all. */
  dispose(): void {
    this._materials.forEach(material => material.dispose());
    this._materials.clear();
  }

  private readonly _materials = new Set<Material>();
}

/** Takes textures out of a holder and its uniforms, so that their images can go. */
function forgetTextures(holder: unknown): void {
  const fields = (holder ?? {}) as Record<string, unknown>;
  for (const [name, value] of Object.entries(fields)) {
    const { isTexture, value: inner } = (value ?? {}) as {
      isTexture?: boolean;
      value?: { isTexture?: boolean } | null;
    };
    if (isTexture) {
      fields[name] = null;
    } else if (inner?.isTexture) {
      (value as { value: unknown }).value = null;
    }
  }
  if (fields['uniforms']) {
    forgetTextures(fields['uniforms']);
  }
}
