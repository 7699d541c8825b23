import { build } from '../../bin/build.mjs';

/** Builds the command line once, before the tests that start it in a process of its own. */
export default build;
