// @ts-check
const path = require('path');
const { createRequire } = require('module');

const kernel = createRequire(__filename).resolve(
  '@jupyterlite/pyodide-kernel/lib/kernel.js'
);

/** @type {import('@rspack/core').Configuration} */
module.exports = {
  resolve: {
    alias: {
      // Upstream's own wheels: the site has them in its package index.
      [path.join(path.dirname(kernel), '_pypi')]: path.join(__dirname, 'noWheels.js')
    }
  },
  module: {
    rules: [
      {
        // The workers are files of the site, built apart; upstream's are not used.
        test: /pyodide-kernel[\\/]lib[\\/].*\.worker\.js$/,
        type: 'asset/resource'
      }
    ]
  }
};
