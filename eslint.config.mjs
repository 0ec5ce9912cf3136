// @ts-check
import eslint from '@eslint/js';
import prettier from 'eslint-config-prettier';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';
import jupyter from '@jupyter/eslint-plugin';

/** Which way imports go: what each part may not reach for (see CONTRIBUTING.md). */
const forbid = (...group) => ({
  'no-restricted-imports': ['error', { patterns: [{ group }] }]
});

export default tseslint.config(
  {
    ignores: [
      '**/lib/**',
      '**/dist/**',
      '**/labextension/**',
      '**/node_modules/**',
      '.venv/**',
      'lite/.cache/**',
      '**/test-results/**'
    ]
  },
  eslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname }
    },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/naming-convention': [
        'error',
        {
          selector: 'interface',
          format: ['PascalCase'],
          custom: { regex: '^I[A-Z]', match: true }
        }
      ],
      '@typescript-eslint/no-namespace': ['error', { allowDeclarations: true }],
      // Lumino signals take the method and its object apart: connect(this._on, this).
      '@typescript-eslint/unbound-method': 'off',
      'import-x/no-cycle': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': [
        'error',
        { max: 60, skipBlankLines: true, skipComments: true }
      ],
      'max-depth': ['error', 4],
      curly: ['error', 'all'],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-console': 'error'
    }
  },
  {
    files: ['extension/src/**/*.{ts,tsx}', 'kernel/src/{host,lite}/**/*.ts'],
    plugins: { '@jupyter': jupyter },
    rules: {
      '@jupyter/token-format': 'error',
      '@jupyter/plugin-description': 'error'
    }
  },
  {
    files: ['skills/src/**/*.ts'],
    rules: forbid(
      '@jupyterlab/*',
      '@jupyterlite/*',
      '@lumino/*',
      '@llmos-lab/*',
      'node:*'
    )
  },
  {
    files: ['kernel/src/runtimes/**/*.ts'],
    rules: forbid(
      '@jupyterlab/*',
      '@jupyterlite/*',
      '@lumino/*',
      '../host/*',
      '../lite/*'
    )
  },
  {
    files: ['kernel/src/host/**/*.ts'],
    rules: forbid('@jupyterlite/*', '@llmos-lab/extension', '../lite/*')
  },
  {
    files: ['kernel/src/lite/**/*.ts'],
    rules: forbid('@llmos-lab/extension')
  },
  {
    files: ['extension/src/**/*.{ts,tsx}'],
    rules: forbid(
      '@jupyterlite/*',
      '@llmos-lab/kernel/*',
      '@llmos-lab/skills/*',
      '@jupyterlab/*/lib/*'
    )
  },
  {
    // What fails is told to people, in their language. Left out: what only programmers see,
    // and workers, which have no translator: the page says a `NetCause` of theirs. Answers
    // that GitHub's documentation does not have (`RemoteError`) are told as they are.
    files: ['extension/src/**/*.{ts,tsx}'],
    ignores: [
      'extension/src/{assistant,mime,offline}/**',
      'extension/src/net/{git,model}/**',
      'extension/src/net/{address,netWorker}.ts',
      'extension/src/{evolution/mineInWorker,graph/edit/arguments}.ts',
      'extension/src/{graph/panel/context,guide/preflight/probes}.ts'
    ],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'NewExpression[callee.name=/^(?!Remote).*Error$/] > :matches(TemplateLiteral, BinaryExpression, Literal[value=/ /])',
          message: 'This text is for people: give it to trans.__().'
        }
      ]
    }
  },
  {
    files: ['skills/cli/**/*.ts', '**/bench/**/*.ts', 'ui-tests/firefox/**/*.ts'],
    rules: { 'no-console': 'off' }
  },
  {
    files: ['**/test/**/*.{ts,tsx}', 'ui-tests/**/*.ts', '**/bench/**/*.ts'],
    rules: { 'max-lines': 'off', 'max-lines-per-function': 'off' }
  },
  {
    // The list of all that the core offers, one name a line.
    files: ['skills/src/index.ts'],
    rules: { 'max-lines': 'off' }
  },
  {
    files: ['**/*.{mjs,cjs,js}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        fetch: 'readonly',
        performance: 'readonly',
        AbortController: 'readonly',
        AbortSignal: 'readonly',
        TextDecoder: 'readonly',
        TextEncoder: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        structuredClone: 'readonly',
        module: 'writable',
        require: 'readonly',
        __dirname: 'readonly'
      }
    }
  },
  prettier
);
