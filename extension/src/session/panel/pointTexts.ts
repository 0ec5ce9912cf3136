import { isRun, shortValue, type ITrace, type TraceRecord } from '@llmos-lab/skills';

/** For each point of a sweep what its values are, such as `bond_length = 0.735`. */
export function pointTexts(
  traces: readonly TraceRecord[]
): ReadonlyMap<string, string> {
  return new Map(
    traces.flatMap(trace => {
      const text = isRun(trace) ? sweptText(trace) : '';
      return text === '' ? [] : [[trace.id, text] as const];
    })
  );
}

/** Values of the inputs that were swept, as far as the record holds them. */
function sweptText({ nodes, swept = [] }: ITrace): string {
  return swept
    .flatMap(([node, name]) => {
      const value = nodes.find(({ id }) => id === node)?.inputs[name]?.value;
      return value === undefined ? [] : [`${name} = ${shortValue(value)}`];
    })
    .join(', ');
}
