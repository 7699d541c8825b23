import { analyze } from '../../lambda/scanner/escalation/analyze.ts';
import { connect } from '../../lambda/scanner/collect/aws.ts';
import { collect } from '../../lambda/scanner/collect/collect.ts';
import { collectOrganization } from '../../lambda/scanner/collect/organization/collect-organization.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import { parseSnapshot } from '../../lambda/scanner/facts/snapshot.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import type { Report } from '../../lambda/scanner/model/report.ts';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { factsFor } from '../../lambda/scanner/permissions.ts';
import type { Call } from '../support/aws/call.ts';
import { environmentFor, withEnvironment } from '../support/aws/environment.ts';
import { startLoopbackAws } from '../support/aws/loopback-aws.ts';
import { draw } from '../support/aws/random.ts';
import { NOW } from '../support/builders.ts';
import { type Mutant, mutantsOf, mutate } from './mutations.ts';
import { lossesOf, readSample, reportOn } from './oracle.ts';

/** A scan of which one part is collected from AWS. */
type Collection = () => Promise<Report>;

/** One answer of AWS, and how it is spoiled. */
interface Case {
  readonly key: string;
  readonly action: string;
  readonly mutant: Mutant;
}

/**
 * Spoils one answer in each of so many collections of an account, and as many of an organization; yields for those that crash or lose a
 * finding what they lose. `judge` changes the reports, for a planted fault.
 */
export async function* fuzzAnswers(
  seed: number,
  count: number,
  judge: (report: Report) => Report = (report) => report,
): AsyncGenerator<string> {
  const [acquired, management] = await Promise.all([readSample('acquired'), readSample('management')]);
  const [account] = acquired.accounts;
  const [manager] = management.accounts;
  if (account === undefined || manager === undefined || acquired.organization === undefined)
    throw new Error('a sample is missing');
  const { organization } = acquired;
  const facts = factsFor(checks);
  const ofAccount: Collection = async () => {
    const { snapshot } = await collect(await connect(), { facts, now: NOW, analyze });
    return judge(reportOn([snapshot], organization));
  };
  yield* fuzzCollection({ seed, count, served: account, organization, collection: ofAccount });
  const managing = [parseSnapshot(manager)];
  const ofOrganization: Collection = async () => {
    const file = await collectOrganization(await connect(), NOW);
    return judge(reportOn(managing, JSON.parse(JSON.stringify(file)) as Json));
  };
  yield* fuzzCollection({ seed, count, served: manager, organization, collection: ofOrganization });
}

interface Run {
  readonly seed: number;
  readonly count: number;
  readonly served: SnapshotFile;
  readonly organization: Json;
  readonly collection: Collection;
}

async function* fuzzCollection({ seed, count, served, organization, collection }: Run): AsyncGenerator<string> {
  let change = (_call: Call, answer: Json): Json => answer;
  const aws = await startLoopbackAws(served, {
    organization,
    credentialReport: { before: 'ready' },
    changeAnswer: (call, answer) => change(call, answer),
  });
  const scan = () => withEnvironment(environmentFor(aws.endpoint), collection);
  try {
    const cases: Case[] = [];
    change = (call, answer) => {
      for (const mutant of mutantsOf(answer)) cases.push({ key: call.key, action: `${call.service}:${call.action}`, mutant });
      return answer;
    };
    const sound = await scan();
    for (let index = 0; index < count; index += 1) {
      const one = cases[Math.floor(draw(seed, `answer ${index}`) * cases.length)];
      if (one === undefined) throw new Error('nothing to spoil');
      change = ({ key }, answer) => (key === one.key ? mutate(answer, one.mutant) : answer);
      yield* await tryOne(sound, one, scan);
    }
  } finally {
    await aws.stop();
  }
}

async function tryOne(sound: Report, { action, mutant: { path, how } }: Case, scan: Collection): Promise<readonly string[]> {
  const name = `${action}.${path.join('.')} ${how}`;
  try {
    return lossesOf(sound, await scan()).map((loss) => `${name}: ${loss}`);
  } catch (error) {
    // It says what to do, and no report is made.
    if (error instanceof UsageError) return [];
    return [`${name}: the scan ends with ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  }
}
