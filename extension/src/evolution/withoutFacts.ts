import { formatSkill, withoutReview } from '@llmos-lab/skills';

/** A learned skill's text without what it was learned from: what people read and edit. */
export function withoutFacts(text: string): string {
  const facts = ['learned', 'learned_members', 'learned_values', 'learned_from'];
  const keys = Object.fromEntries(
    [...facts, 'learned_commits'].map(key => [key, undefined])
  );
  return formatSkill(withoutReview(text), { keys });
}
