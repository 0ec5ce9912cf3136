/** Stands in for CSS and SVG imports under jest; JupyterLab's icons must parse as SVG. */
export default '<svg xmlns="http://www.w3.org/2000/svg"></svg>';
