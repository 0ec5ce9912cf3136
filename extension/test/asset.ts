/** Stands in for CSS and SVG imports under jest. */
export default '';
