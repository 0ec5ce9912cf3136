/** How well mined patterns match planted ones. */
import { canonicalForm } from '../../src/evolution/canonical';
import type { IPattern } from '../../src/evolution/describePattern';
import type { IHistory } from './generate';
import type { IPlant } from './plant';

export interface IScore {
  /** Share of plants found exactly. */
  readonly recall: number;
  /** Share of plants of which some pattern shares four fifths of the connections. */
  readonly nearRecall: number;
  readonly precision: number;
  /** Precision of the twenty first. */
  readonly precision20: number;
  /** Decoys among the patterns. */
  readonly decoys: number;
  /** Largest relative error of a learned default that should be a planted centre. */
  readonly worstDefault: number;
}

export function codeOf(plant: Pick<IPlant, 'skills' | 'edges'>): string {
  return canonicalForm({
    labels: plant.skills,
    edges: plant.edges.map(([from, output, to, input]) => [
      from,
      `${output}>${input}`,
      to,
      ''
    ])
  }).code;
}

export function scorePatterns(
  { plants, decoys, parameters }: IHistory,
  patterns: readonly IPattern[]
): IScore {
  const planted = new Set(plants.map(codeOf));
  const found = new Map(patterns.map(pattern => [pattern.signature, pattern]));
  const hits = patterns.map(({ signature }) => planted.has(signature));
  const share = (list: readonly boolean[]): number =>
    list.length === 0 ? 1 : list.filter(Boolean).length / list.length;
  const links = patterns.map(({ edges }) => new Set(edges.map(edge => edge.join())));
  const errors = parameters.flatMap(({ plant, skill, centre }) => {
    const learned = found.get(codeOf(plants[plant] as IPlant))?.parameters[
      `${skill}.level`
    ];
    return learned
      ? [Math.abs(Number(learned.default ?? Infinity) - centre) / centre]
      : [];
  });
  return {
    recall: share(plants.map(plant => found.has(codeOf(plant)))),
    nearRecall: share(
      plants.map(plant => links.some(other => jaccard(linksOf(plant), other) >= 0.8))
    ),
    precision: share(hits),
    precision20: share(hits.slice(0, 20)),
    decoys: decoys.filter(decoy => found.has(codeOf(decoy))).length,
    worstDefault: Math.max(0, ...errors)
  };
}

/** Planted skills differ within a plant, so a skill's id names its node. */
function linksOf({ skills, edges }: IPlant): ReadonlySet<string> {
  return new Set(
    edges.map(([from, output, to, input]) =>
      [skills[from], output, skills[to], input].join()
    )
  );
}

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter(item => b.has(item)).length;
  return shared / (a.size + b.size - shared);
}
