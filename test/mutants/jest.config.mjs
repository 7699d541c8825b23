import config from '../../jest.config.mjs';

/** Folders of tests that hold a folder of the scanner, beside those of its own name. */
const others = { policy: ['iam'], iam: ['escalation'], escalation: ['techniques'], evaluate: ['fuzz'] };
const folder = process.env['IAM_VIGIL_MUTANTS_OF'];

/** @type {import('jest').Config} */
export default {
  ...config,
  // No command line is started.
  globalSetup: undefined,
  rootDir: '../..',
  testMatch: [folder, ...(others[folder] ?? [])].map((name) => `<rootDir>/test/${name}/**/*.test.ts`),
  testPathIgnorePatterns: ['/node_modules/', '/test/fuzz/(answers|fuzz|planted-faults)\\.test'],
  moduleNameMapper: { '/support/processor-time\\.ts$': '<rootDir>/test/mutants/no-processor-time.ts' },
  testSequencer: '<rootDir>/test/mutants/quickest-first.cjs',
  setupFiles: ['<rootDir>/test/mutants/setup.ts'],
};
