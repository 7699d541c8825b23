import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'cdk.out/', '.venv*/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-generated-empty-object-type': 'off',
    },
  },
  // What could not be asked is not empty: the reason goes along as data (docs/architecture.md, "Data that could not be collected").
  {
    files: ['lambda/**/*.ts', 'bin/commands/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...[
          'CatchClause ReturnStatement > ArrayExpression[elements.length=0]',
          'CallExpression[callee.property.name="catch"] > ArrayExpression[elements.length=0]',
          'CallExpression[callee.property.name="catch"] > ArrowFunctionExpression > ArrayExpression.body[elements.length=0]',
          'CallExpression[callee.property.name="catch"] > ArrowFunctionExpression ReturnStatement > ArrayExpression[elements.length=0]',
        ].map((selector) => ({ selector, message: 'A failure is not an empty list: keep the reason.' })),
      ],
    },
  },
  { files: ['test/**', 'bench/**'], rules: { 'max-lines-per-function': 'off' } },
  { files: ['**/*.mjs'], languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } } },
);
