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
  transformIgnorePatterns: ['/node_modules/(?!(p-limit|yocto-queue|csv-parse)/)'],
  collectCoverageFrom: ['lambda/scanner/**/*.ts'],
  coverageThreshold: { global: { branches: 95 } },
};
