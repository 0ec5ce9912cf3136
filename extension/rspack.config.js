// @ts-check
const path = require('path');

const git = path.dirname(require.resolve('isomorphic-git'));

/** @type {import('@rspack/core').Configuration} */
module.exports = {
  resolve: {
    alias: {
      // The build for browsers: what the other imports needs packages of Node.
      'isomorphic-git$': path.join(git, 'index.umd.min.js')
    }
  }
};
