// @ts-check
const path = require('path');

const git = path.dirname(require.resolve('isomorphic-git'));

/** @type {import('@rspack/core').Configuration} */
module.exports = {
  resolve: {
    alias: {
      // The build that brings its own Buffer: workers of a browser have none.
      'isomorphic-git$': path.join(git, 'index.umd.min.js')
    }
  }
};
