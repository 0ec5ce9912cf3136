import { isRecord } from '@llmos-lab/skills';

/** Vega-Lite keeps labels from overlapping only on axes of numbers, and lets them touch. */
const KINDS = {
  Quantitative: { labelSeparation: 8 },
  Discrete: { labelOverlap: true, labelSeparation: 2 }
};

/** Axes by their channel, and what says something of those of the other one alone. */
const CHANNELS = {
  axisX: /^axis(?:Y|Left|Right)/,
  axisY: /^axis(?:X|Top|Bottom)/
};

/**
 * A chart of Vega-Lite whose axes leave out labels that would run into each other. What a chart
 * says of axes stays: Vega-Lite would take these kinds of axes before `axis` or `axisX`.
 */
export function readable(spec: unknown): unknown {
  if (!isRecord(spec)) {
    return spec;
  }
  const config = isRecord(spec.config) ? spec.config : {};
  const added = Object.entries(CHANNELS).flatMap(([channel, others]) => {
    const said = new Set(
      Object.entries(config).flatMap(([key, own]) =>
        key.startsWith('axis') && !others.test(key) && isRecord(own)
          ? Object.keys(own)
          : []
      )
    );
    return Object.entries(KINDS).map(([kind, defaults]): [string, object] => {
      const key = `${channel}${kind}`;
      const own = config[key];
      const missing = Object.entries(defaults).filter(([name]) => !said.has(name));
      return [key, { ...Object.fromEntries(missing), ...(isRecord(own) && own) }];
    });
  });
  return { ...spec, config: { ...config, ...Object.fromEntries(added) } };
}
