import type { ISkillEntry } from '@llmos-lab/kernel';

/** The ways by which the library is filtered. */
export const FACETS = ['category', 'volume', 'kind'] as const;

/** A property of skills that people filter by. */
export type Facet = (typeof FACETS)[number];

/** What must hold of a skill to be shown; a facet that is absent lets all through. */
export type SkillFilter = Readonly<Partial<Record<Facet, string>>>;

/** A value of a facet, with how many skills would be shown by choosing it. */
export interface IFacetValue {
  readonly value: string;
  readonly count: number;
}

/** The value of an entry: its type is its kind, and `context` for guides. */
export function facetOf({ skill, volume }: ISkillEntry, facet: Facet): string {
  switch (facet) {
    case 'category':
      return skill.category;
    case 'volume':
      return volume;
    case 'kind':
      return skill.kind === 'context' ? 'context' : skill.type;
  }
}

/** The entries for which all of the filter holds, in their order. */
export function filterEntries(
  entries: readonly ISkillEntry[],
  filter: SkillFilter
): readonly ISkillEntry[] {
  return entries.filter(entry =>
    FACETS.every(facet => {
      const wanted = filter[facet];
      return wanted === undefined || facetOf(entry, facet) === wanted;
    })
  );
}

/**
 * All values that the library has of a facet, sorted, so that they keep their places
 * while a person types. Counts are of the skills found, under the other filters.
 */
export function facetValues(
  library: readonly ISkillEntry[],
  found: readonly ISkillEntry[],
  filter: SkillFilter,
  facet: Facet
): readonly IFacetValue[] {
  const counts = new Map<string, number>();
  library.forEach(entry => counts.set(facetOf(entry, facet), 0));
  for (const entry of filterEntries(found, { ...filter, [facet]: undefined })) {
    const value = facetOf(entry, facet);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => a.value.localeCompare(b.value, 'en'));
}
