import { isRecord } from '@llmos-lab/skills';

/** Vega-Lite keeps labels from overlapping only on axes of numbers, and lets them touch. */
const AXES = {
  axisQuantitative: { labelSeparation: 8 },
  axisDiscrete: { labelOverlap: true, labelSeparation: 2 }
};

/** A chart of Vega-Lite whose axes leave out labels that would run into each other. */
export function readable(spec: unknown): unknown {
  if (!isRecord(spec)) {
    return spec;
  }
  const config = isRecord(spec.config) ? spec.config : {};
  const axis = (key: keyof typeof AXES): object => {
    const own = config[key];
    return { ...AXES[key], ...(isRecord(own) && own) };
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
