/** Whether there is a map: never, while it tells something, always. */
export type MapMode = 'none' | 'auto' | 'always';

/** Width of the panel from which on there is room for a map, in pixels. */
const WIDE = 560;

/** Nodes from which on a graph is so large that a person may be lost in it. */
const MANY = 8;

/** As a person chose, else where there is room and use for a map, which covers nodes. */
export function mapMode(hasMap: boolean | null, width: number, nodes: number): MapMode {
  const auto = width >= WIDE && nodes >= MANY ? 'auto' : 'none';
  return hasMap === null ? auto : hasMap ? 'always' : 'none';
}
