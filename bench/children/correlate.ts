import { correlate } from '../../lambda/scanner/organization/correlate/correlate.ts';
import { organizationEdges } from '../organization/edges.ts';

const PATHS = 3;

const [accounts = '0'] = process.argv.slice(2);
const before = process.cpuUsage();
const start = performance.now();
const { reaches, pathsOf } = correlate(organizationEdges(Number(accounts)));
const correlated = performance.now();
const steps = reaches.reduce((sum, reach) => sum + pathsOf(reach, PATHS).reduce((all, { path }) => all + path.length, 0), 0);
const { user, system } = process.cpuUsage(before);
process.stdout.write(
  JSON.stringify({
    reaches: reaches.length,
    most: reaches.reduce((most, { accounts: reached }) => Math.max(most, reached.length), 0),
    steps,
    correlateSeconds: (correlated - start) / 1000,
    pathSeconds: (performance.now() - correlated) / 1000,
    cpuSeconds: (user + system) / 1e6,
  }),
);
