import {
  formatPromotion,
  isDraft,
  type IPromotion,
  type ISecretFinding
} from '@llmos-lab/skills';
import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ISkillEntry } from '@llmos-lab/kernel';

import { requirePlace } from '../remotes/github/place';
import type { IGithub } from '../remotes/tokens';
import { refuseSecrets } from '../session/commit/secretCheck';
import type { IProfile, IVolumes } from '../tokens';
import { USER_VOLUME } from '../volumes/copyToUser';
import { changesOf, expectedBy, type IPromotionPlan } from './plan';
import { proposalZip } from './proposalZip';

/** What promoting works with. */
export interface IPromoteParts {
  readonly volumes: IVolumes;
  readonly contents: Contents.IManager;
  readonly profile: IProfile;
  readonly github: IGithub | null;
  /** `owner/name` of the repository of the system library. */
  readonly systemRepository: () => string;
  readonly trans: TranslationBundle;
}

/** What came of a promotion. */
export type Promoted =
  | { readonly kind: 'committed'; readonly oid: string | null }
  | { readonly kind: 'proposed'; readonly url: string }
  | { readonly kind: 'exported'; readonly zip: Uint8Array<ArrayBuffer> };

/** The commit message, with where the skill came from. */
async function describe(
  { volumes, profile }: IPromoteParts,
  entry: ISkillEntry,
  plan: IPromotionPlan,
  reason: string
): Promise<IPromotion> {
  const source = volumes.get(entry.volume)?.repository?.store;
  return {
    action: 'promote',
    skill: entry.skill.id,
    version: plan.version,
    from: entry.volume,
    to: plan.target.volume.name,
    fromCommit: (await source?.head()) ?? '',
    by: profile.id,
    replaces: plan.replaces,
    reason
  };
}

/** How a person wants a skill promoted. */
export interface IPromoteOptions {
  readonly reason: string;
  readonly way: Way;
  /** Secrets that the person has seen and lets through. */
  readonly accepted?: readonly ISecretFinding[];
}

/**
 * A learned skill goes nowhere before a person has looked at it.
 *
 * @throws Error for people where it was applied automatically and nobody has
 */
export function requireReviewed(
  { skill: { id }, text }: Pick<ISkillEntry, 'skill' | 'text'>,
  trans: TranslationBundle
): void {
  if (isDraft(text)) {
    throw new Error(
      trans.__(
        'Nobody has reviewed "%1" since it was applied automatically. Accept it in Evolution first.',
        id
      )
    );
  }
}

/**
 * Brings a skill into another volume, or proposes it, in the way that was chosen.
 *
 * @throws Error where nobody has reviewed it yet
 * @throws SecretsError before anything is written: a save need not have been committed,
 *   so this is the first time that somebody looks
 * @throws VolumeError `conflict` when the volume has other versions than the plan
 */
export async function promote(
  parts: IPromoteParts,
  entry: ISkillEntry,
  plan: IPromotionPlan,
  { reason, way, accepted }: IPromoteOptions
): Promise<Promoted> {
  const { profile, github, trans } = parts;
  // As it would go there, which may be newer than the entry.
  requireReviewed({ skill: entry.skill, text: plan.text }, trans);
  const read = async (path: string): Promise<Uint8Array | null> =>
    Promise.resolve(plan.files.find(file => file.path === path)?.before ?? null);
  const promotion = await describe(parts, entry, plan, reason);
  const message = formatPromotion(promotion);
  await refuseSecrets({ read }, accepted)(changesOf(plan.files), message);
  const change = { message, author: profile.author(), changes: changesOf(plan.files) };
  const { repository } = plan.target.volume;
  switch (way) {
    case 'direct': {
      if (!repository) {
        throw new Error(
          trans.__('The volume "%1" has no history here.', plan.target.volume.name)
        );
      }
      const expected = expectedBy(plan.files);
      const oid = await repository.apply({ ...change, expected, promotes: true });
      return { kind: 'committed', oid };
    }
    case 'pull-request': {
      if (!github) {
        throw new Error(trans.__('GitHub is not available here.'));
      }
      const place = requirePlace(parts.systemRepository(), trans);
      const url = await github.propose(signedIn(parts) ?? USER_VOLUME, place, {
        ...change,
        branch: `promote/${promotion.skill}-${entry.version.slice(7, 15)}`,
        title: message.split('\n')[0] ?? '',
        body: message.split('\n').slice(2).join('\n')
      });
      return { kind: 'proposed', url };
    }
    case 'export':
      return { kind: 'exported', zip: proposalZip(promotion.skill, change) };
  }
}

/** How a promotion is carried out. */
export type Way = 'direct' | 'pull-request' | 'export';

/** A volume for which somebody is signed in to GitHub; undefined when nobody is. */
export function signedIn({ github, volumes }: IPromoteParts): string | undefined {
  return volumes.volumes.find(({ name }) => github?.account(name))?.name;
}
