import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const lines = (max) => ['error', { max, skipBlankLines: true, skipComments: true }];
const problemsAreData =
  'Problems are data: return a Problem with code, at, found and fix; only the edge throws.';

export default defineConfig(
  globalIgnores([
    '.cache/',
    'build/',
    'coverage/',
    'dist/',
    'imports/*.ts',
    'temp/',
    'test/consumer/',
  ]),
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': lines(250),
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-invalid-void-type': ['error', { allowAsThisParameter: true }],
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        {
          allowNumber: true,
          // Made to stand in a text: that is the dependency.
          allow: [{ from: 'file', name: 'EndpointReference' }],
        },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  {
    files: ['lib/**/*.ts'],
    rules: {
      'max-lines-per-function': lines(40),
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ThrowStatement > :matches(NewExpression, CallExpression)[callee.name="Error"]',
          message: problemsAreData,
        },
        { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
      ],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['cdk8s-plus-28', 'cdk8s-plus-28/*'],
              allowTypeImports: true,
              message: 'Import only types: its wrapper classes do not print in wire form.',
            },
            {
              group: ['cdk8s-plus-*', '!cdk8s-plus-28', 'cdk8s-plus-*/*', '!cdk8s-plus-28/*'],
              message: 'Only the types of cdk8s-plus-28 are used.',
            },
          ],
        },
      ],
    },
  },
  { files: ['lib/cli/**/*.ts'], rules: { 'no-console': 'off' } },
  // A list of names.
  { files: ['lib/index.ts'], rules: { 'max-lines': 'off' } },
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-lines': lines(400),
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
