const { readFileSync } = require('node:fs');
const { default: Sequencer } = require('@jest/test-sequencer');

/** Files of random cases last: a mutant is dead at the first failure, and most die in a file that takes no time. */
module.exports = class extends Sequencer {
  sort(tests) {
    const isRandom = ({ path }) => readFileSync(path, 'utf8').includes("from 'fast-check'");
    return [...tests].sort((a, b) => Number(isRandom(a)) - Number(isRandom(b)) || a.path.localeCompare(b.path));
  }
};
