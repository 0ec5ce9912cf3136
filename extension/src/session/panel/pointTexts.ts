import { formatPython, type ITrace, type TraceRecord } from '@llmos-lab/skills';

/**
 * For each point of a sweep among these records what its values are, such as
 * `bond_length = 0.735`: a record does not say which inputs were swept, but those are the
 * ones that differ between the points of the same calls.
 */
export function pointTexts(
  traces: readonly TraceRecord[]
): ReadonlyMap<string, string> {
  const points = traces.flatMap(trace =>
    trace.kind === undefined && trace.trigger === 'sweep' ? [trace] : []
  );
  const seen = new Map<string, Set<string>>();
  const given = points.map(point => ({ point, inputs: givenInputs(point) }));
  for (const { inputs } of given) {
    for (const { place, text } of inputs) {
      seen.set(place, (seen.get(place) ?? new Set()).add(text));
    }
  }
  return new Map(
    given.flatMap(({ point, inputs }) => {
      const swept = inputs.filter(({ place }) => (seen.get(place)?.size ?? 0) > 1);
      return swept.length === 0
        ? []
        : [[point.id, swept.map(({ text }) => text).join(', ')] as const];
    })
  );
}

interface IGivenInput {
  readonly place: string;
  readonly text: string;
}

/** Inputs of a run that no other cell gave, as far as their values are kept. */
function givenInputs({ nodes }: ITrace): readonly IGivenInput[] {
  return nodes.flatMap(({ id, inputs }) =>
    Object.entries(inputs).flatMap(([name, { value, from }]) =>
      value === undefined || from
        ? []
        : [{ place: `${id} ${name}`, text: `${name} = ${formatPython(value)}` }]
    )
  );
}
