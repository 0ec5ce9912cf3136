import type { IAuthor } from '@llmos-lab/skills';

/** Who commits: the two settings, and what stands for them where they are empty. */
export interface IProfile {
  readonly name: string;
  readonly email: string;
}

const NAMELESS: IProfile = { name: 'LLMos Lab user', email: 'user@localhost' };

/** The author of a commit made now; Git's names have no angle brackets or line ends. */
export function authorNow(profile: IProfile, now: number = Date.now()): IAuthor {
  const clean = (text: string): string => text.replace(/[<>\n\r]/g, ' ').trim();
  return {
    name: clean(profile.name) || NAMELESS.name,
    email: clean(profile.email) || NAMELESS.email,
    time: Math.floor(now / 1000)
  };
}
