import { ANTHROPIC } from '@llmos-lab/skills';

/**
 * The key that the person has put into the environment, and where it goes; null for none.
 * It is taken out: no program that this one starts gets it.
 */
export function takeKey(): { readonly key: string; readonly server: string } | null {
  const key = (process.env['ANTHROPIC_API_KEY'] ?? '').trim();
  delete process.env['ANTHROPIC_API_KEY'];
  const server = process.env['ANTHROPIC_BASE_URL'] ?? '';
  return key === '' ? null : { key, server: server === '' ? ANTHROPIC.server : server };
}
