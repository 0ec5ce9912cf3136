import { LabIcon } from '@jupyterlab/ui-components';

/**
 * Our icons, on a 24 × 24 grid in one line width. They take the colour of the text they
 * stand in, so that themes and category hues colour them.
 */
function lineIcon(name: string, ...paths: readonly string[]): LabIcon {
  const shapes = paths.map(d => `<path d="${d}"/>`).join('');
  const svgstr =
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">' +
    '<g fill="none" stroke="currentColor" stroke-width="1.75" ' +
    `stroke-linecap="round" stroke-linejoin="round">${shapes}</g></svg>`;
  return new LabIcon({ name: `llmos:${name}`, svgstr });
}

/** A branch of a history: a line that leaves another. */
export const branchIcon = lineIcon(
  'branch',
  'M7 4v16',
  'M17 8c0 5-10 3-10 8',
  'M5 4h4',
  'M15 6h4'
);

const STAR = 'M12 2.5 14.2 9.8 21.5 12l-7.3 2.2L12 21.5l-2.2-7.3L2.5 12l7.3-2.2z';

/** The skills panel: a four-pointed star. */
export const skillsIcon = new LabIcon({
  name: 'llmos:skills',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">' +
    `<path class="jp-icon3" fill="#616161" d="${STAR}"/></svg>`
});

/** The graph panel: three nodes and the edges between them. */
export const graphIcon = new LabIcon({
  name: 'llmos:graph',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">' +
    '<path class="jp-icon3" fill="#616161" d="M9 2h6v5H9zM2 17h7v5H2zM15 17h7v5h-7z' +
    'M11 7h2v4h6.5v6h-2v-4h-11v4h-2v-6H11z"/></svg>'
});

/** The assistant: a speech balloon. */
export const assistantIcon = new LabIcon({
  name: 'llmos:assistant',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">' +
    '<path class="jp-icon3" fill="#616161" d="M4 3h16a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2h-8l-5.5 4.5V18H4' +
    'a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zm3 4.5v2h10v-2zm0 4v2h7v-2z"/></svg>'
});

/** Evolution: a sprout with two leaves. */
export const evolutionIcon = new LabIcon({
  name: 'llmos:evolution',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">' +
    '<path class="jp-icon3" fill="#616161" d="M11 22v-8.1C6 13.8 3 11 2.5 6c4.6-.2 7.6 1.6' +
    ' 9 5.2C12.6 6.8 16 4 21.5 3.5c.2 6.3-3 9.9-8.5 10.4V22z"/></svg>'
});

/** The sessions panel: a branch that leaves the main line. */
export const sessionsIcon = new LabIcon({
  name: 'llmos:sessions',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">' +
    '<path class="jp-icon3" fill="#616161" d="M7 2a3 3 0 0 1 1 5.8v4.7c1-.7 2.4-1 4-1' +
    ' 2.5 0 3.7-.8 3.95-2.7A3 3 0 1 1 18 8.8c-.3 3.1-2.4 4.7-6 4.7-2.7 0-3.8.9' +
    '-3.98 2.73A3 3 0 1 1 6 16.17V7.8A3 3 0 0 1 7 2z"/></svg>'
});

/** Commit: a dot on the line of history. */
export const commitIcon = lineIcon(
  'commit',
  'M12 2v5.5M12 16.5V22',
  'M12 7.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9z'
);

/** Compare: what was at the left, what is at the right. */
export const diffIcon = lineIcon(
  'diff',
  'M12 3v18',
  'M4 6h4.5v12H4zM15.5 6H20v12h-4.5z'
);

/** A volume's counterpart on a server: a cloud. */
export const cloudIcon = lineIcon(
  'cloud',
  'M7 18.5a4.2 4.2 0 0 1-.6-8.35 5.6 5.6 0 0 1 10.9-1.1A4.75 4.75 0 0 1 17 18.5z'
);

/** A new workflow: two nodes and the edge between them. */
export const workflowIcon = lineIcon(
  'workflow',
  'M3 4h8v5H3zM13 15h8v5h-8zM7 9v4.5c0 2 1 4 3 4h3'
);

/** Quantum skills: an atom. */
export const quantumIcon = lineIcon(
  'quantum',
  'M12 8.2c5.5 0 10 1.7 10 3.8s-4.5 3.8-10 3.8-10-1.7-10-3.8 4.5-3.8 10-3.8z',
  'M8.7 10.1c2.75-4.76 6.47-7.81 8.29-6.76s1.05 5.8-1.7 10.56-6.47 7.81-8.29 6.76-1.05-5.8 1.7-10.56z',
  'M12 12h.01'
);

/** Skills that make scenes: a cube. */
export const sceneIcon = lineIcon(
  'scene',
  'M12 2.5 20.5 7v10L12 21.5 3.5 17V7z',
  'M3.5 7 12 11.7 20.5 7M12 11.7v9.8'
);

/** Plots: a curve between axes. */
export const plotIcon = lineIcon('plot', 'M3.5 3.5v17h17', 'M7 16l4-6 3.5 3L20 6');

/** Circuits: a resistor in a wire. */
export const circuitIcon = lineIcon(
  'circuit',
  'M1.5 12h4l1.5-5 3 10 3-10 3 10 1.5-5h5'
);

/** Data and files: a table. */
export const dataIcon = lineIcon(
  'data',
  'M4 4h16v16H4z',
  'M4 9.3h16M4 14.6h16M10 4v16'
);

/** Programming: angle brackets. */
export const codeSkillIcon = lineIcon(
  'code',
  'M8 6l-6 6 6 6',
  'M16 6l6 6-6 6',
  'M13.5 4l-3 16'
);

/** Guides and writing: an open book. */
export const guideIcon = lineIcon(
  'guide',
  'M12 6c-2-1.7-5-2-9-2v14c4 0 7 .3 9 2 2-1.7 5-2 9-2V4c-4 0-7 .3-9 2z',
  'M12 6v14'
);

/** The guide for the first visit, and the tour: a compass. */
export const compassIcon = lineIcon(
  'compass',
  'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
  'M16 8l-2.6 5.4L8 16l2.6-5.4z'
);

/** Any category that has no icon of its own. */
export const otherIcon = lineIcon(
  'other',
  'M4 4h6.5v6.5H4zM13.5 4H20v6.5h-6.5zM4 13.5h6.5V20H4zM13.5 13.5H20V20h-6.5z'
);

/** Promotion: an arrow that rises to a line. */
export const promoteIcon = lineIcon(
  'promote',
  'M12 21V8M6.5 13.5 12 8l5.5 5.5M5 3.5h14'
);

/** A sweep: one input takes many values. */
export const sweepIcon = lineIcon(
  'sweep',
  'M4 12h5',
  'M9 12c5 0 4-7 10-7',
  'M9 12h10',
  'M9 12c5 0 4 7 10 7'
);
