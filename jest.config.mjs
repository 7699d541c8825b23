import { availableParallelism } from 'node:os';

/** @type {import('jest').Config} */
export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  globalSetup: '<rootDir>/test/support/build.mjs',
  transform: {
    '\\.[cm]?[jt]s$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'commonjs' } },
    ],
  },
  // Jest loads CommonJS; these packages ship ES modules only, so they are transformed too.
  transformIgnorePatterns: [
    '/node_modules/(?!(p-limit|yocto-queue|csv-parse|wrap-ansi|string-width|strip-ansi|ansi-regex|ansi-styles|get-east-asian-width)/)',
  ],
  // Jest runs a test file in a context of its own, in which V8 looks up a global by calls into Node, a hundred times slower than a
  // parameter of the module. Only what no test replaces: fake timers, say, are another Date.
  sandboxInjectedGlobals: [
    'Array',
    'Error',
    'JSON',
    'Map',
    'Math',
    'Number',
    'Object',
    'Promise',
    'RegExp',
    'Set',
    'String',
    'Symbol',
    'WeakMap',
  ],
  // One more than there are cores: many tests wait for a process or a network of their own.
  maxWorkers: availableParallelism() + 1,
  // A machine that does much else at the same time is slow; what hangs is found all the same.
  testTimeout: 60_000,
  // Istanbul, not V8: V8 tells branches of what ran only, so that a file which no test loads counts as a single one. The tests of
  // policies by themselves cover 91 % of the scanner's branches by V8's count, 49 % by this one.
  coverageProvider: 'babel',
  coverageReporters: ['text-summary'],
  // The script of the page runs in a browser: `npm run test:browser`.
  collectCoverageFrom: ['lambda/scanner/**/*.ts', '!lambda/scanner/report/html/page/**'],
  coverageThreshold: { global: { branches: 95 } },
};
