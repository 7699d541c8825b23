const folder = process.env['IAM_VIGIL_MUTANTS_OF'];

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  plugins: ['@stryker-mutator/jest-runner'],
  testRunner: 'jest',
  jest: { configFile: 'test/mutants/jest.config.mjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  // What runs once, when a module is loaded, would need every test for each change.
  ignoreStatic: true,
  // Names of services are data.
  mutate: [`lambda/scanner/${folder}/**/*.ts`, '!lambda/scanner/policy/services.ts'],
  // Texts are read by people; `StringLiteral` would change each of them.
  mutator: { excludedMutations: ['StringLiteral'] },
  thresholds: { high: 90, low: 85, break: 85 },
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { logTests: false, reportTests: false, allowColor: false },
  jsonReporter: { fileName: `coverage/mutants-${folder}.json` },
  tempDirName: 'coverage/.mutants',
  cleanTempDir: 'always',
};
