/** Stands for upstream's `_pypi.js`: no wheel travels with this extension. */
export const allJSONUrl = { default: '' };
export const pipliteWheelUrl = { default: '' };
