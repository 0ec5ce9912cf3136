import { isRecord } from '@llmos-lab/skills';

/** Vega-Lite keeps labels from overlapping only on axes of numbers, and lets them touch. */
const AXES = {
  axisQuantitative: { labelSeparation: 8 },
  axisDiscrete: { labelOverlap: true, labelSeparation: 2 }
};

/**
 * A chart of Vega-Lite whose axes leave out labels that would run into each other. What a chart
 * says of any axes stays: Vega-Lite would take these kinds of axes before `axis` or `axisX`.
 */
export function readable(spec: unknown): unknown {
  if (!isRecord(spec)) {
    return spec;
  }
  const config = isRecord(spec.config) ? spec.config : {};
  const said = new Set(
    Object.entries(config).flatMap(([key, own]) =>
      key.startsWith('axis') && isRecord(own) ? Object.keys(own) : []
    )
  );
  const axis = (key: keyof typeof AXES): object => {
    const own = config[key];
    const added = Object.entries(AXES[key]).filter(([property]) => !said.has(property));
    return { ...Object.fromEntries(added), ...(isRecord(own) && own) };
  };
  return {
    ...spec,
    config: {
      ...config,
      axisQuantitative: axis('axisQuantitative'),
      axisDiscrete: axis('axisDiscrete')
    }
  };
}
