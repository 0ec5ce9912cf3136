/** One jest run over the workspaces; `npx jest --selectProjects skills` runs one. */
const esm = [
  '@jupyter',
  '@jupyterlab',
  '@jupyterlite',
  '@lumino',
  '@lezer',
  '@marijn',
  '@codemirror',
  '@rjsf',
  '@xyflow',
  'lib0',
  'nanoid',
  'y-protocols',
  'yjs',
  'd3-',
  'idb',
  'comlink',
  'three',
  'eecircuit-engine',
  'exenv-es6',
  '@microsoft',
  '@octokit',
  'before-after-hook',
  'universal-user-agent',
  'content-type',
  'json-with-bigint',
  'vscode-ws-jsonrpc'
].join('|');

const project = (name, testEnvironment) => ({
  displayName: name,
  rootDir: `${__dirname}/${name}`,
  testEnvironment,
  // Packed labextensions carry a copy of their package.json.
  modulePathIgnorePatterns: ['/labextension/'],
  testMatch: ['<rootDir>/test/**/*.spec.{ts,tsx}'],
  transform: {
    '^.+\\.[cm]?[jt]sx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true, dynamicImport: true },
          transform: { react: { runtime: 'classic' } }
        },
        module: { type: 'commonjs' }
      }
    ]
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esm}))`],
  moduleNameMapper: {
    '^@llmos-lab/skills$': `${__dirname}/skills/src`,
    '^@llmos-lab/skills/lib/(.*)$': `${__dirname}/skills/src/$1`,
    '^@llmos-lab/kernel$': `${__dirname}/kernel/src/host`,
    '\\.(css|less|svg)$': `${__dirname}/extension/test/asset.ts`
  }
});

/** Both run the command line; it is built once. */
const globalSetup = `${__dirname}/skills/test/globalSetup.mjs`;

module.exports = {
  // A guard against tests that hang; real git and Python are slow on a busy machine.
  testTimeout: 60_000,
  projects: [
    { ...project('skills', 'node'), globalSetup },
    project('kernel', 'node'),
    { ...project('extension', 'jsdom'), globalSetup }
  ]
};
