// @ts-check
const path = require('path');

const upstream = path.dirname(
  require.resolve('@jupyterlite/pyodide-kernel/lib/kernel.js')
);

/** @type {import('@rspack/core').Configuration} */
module.exports = {
  resolve: {
    alias: {
      // Upstream's own wheels: the site has them in its package index.
      [path.join(upstream, '_pypi')]: path.join(__dirname, 'noWheels.js'),
      [path.join(upstream, '_pypi.js')]: path.join(__dirname, 'noWheels.js')
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
