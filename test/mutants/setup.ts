import fc from 'fast-check';

// A mutant is dead at the first counterexample: a smaller one would tell nothing more.
fc.configureGlobal({ endOnFailure: true });
