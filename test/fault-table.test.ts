import { exitCode } from '../bin/commands/exit-code.ts';
import { openSecurityHub } from '../lambda/scanner/deliver/aws-security-hub.ts';
import type { Delivery } from '../lambda/scanner/deliver/security-hub.ts';
import type { Finding } from '../lambda/scanner/model/finding.ts';
import { DAY } from '../lambda/scanner/model/instant.ts';
import { connect } from '../lambda/scanner/collect/aws.ts';
import { collect } from '../lambda/scanner/collect/collect.ts';
import { analyze } from '../lambda/scanner/escalation/analyze.ts';
import { aFinding, aHub, anAccepted, deliver, reportOf, REGION, CHECKS } from './deliver/support.ts';
import { environmentFor, withEnvironment } from './support/aws/environment.ts';
import { type FaultyProxy, faults, startFaultyProxy } from './support/aws/faulty-proxy.ts';
import { type LoopbackAws, startLoopbackAws } from './support/aws/loopback-aws.ts';
import { type LoopbackSecurityHub, withSecurityHub } from './support/aws/services/security-hub.ts';
import { smallAccount } from './support/aws/small-account.ts';
import { NOW } from './support/builders.ts';

/** How long a request waits for its answer, and how long a delivery or collection may go on. */
const [ANSWER_WITHIN, RUN_WITHIN, ENDED_WITHIN] = [150, 2_000, 12_000];

const [fixed, still, fresh, accepted] = [aFinding('fixed'), aFinding('still'), aFinding('fresh'), anAccepted('accepted')];
const tonight: readonly Finding[] = [still, fresh, accepted];

let [aws, proxy, hub]: [LoopbackAws | undefined, FaultyProxy | undefined, LoopbackSecurityHub] = [undefined, undefined, aHub()];

beforeEach(async () => {
  hub = aHub();
  aws = await startLoopbackAws(smallAccount, withSecurityHub({}, hub));
  proxy = await startFaultyProxy(aws.endpoint);
});

afterEach(async () => {
  await proxy?.stop();
  await aws?.stop();
});

const throughProxy = <T>(run: () => Promise<T>): Promise<T> =>
  withEnvironment(environmentFor(proxy?.endpoint ?? ''), async () => {
    const started = performance.now();
    const result = await run();
    expect(performance.now() - started).toBeLessThan(ENDED_WITHIN);
    return result;
  });

const limits = () => ({ answerWithin: ANSWER_WITHIN, until: AbortSignal.timeout(RUN_WITHIN) });

/** Delivers a night. Undefined: the delivery was refused as a whole, with a sentence. */
const deliverNight = (findings: readonly Finding[], night: number): Promise<Delivery | undefined> =>
  throughProxy(() =>
    deliver(openSecurityHub({ region: REGION, ...limits() }), findings, { now: NOW + night * DAY }).catch((error: unknown) => {
      expect(error).toMatchObject({ name: expect.stringMatching(/^(SecurityHubError|UsageError)$/) as string });
      return undefined;
    }),
  );

const active = () => [...hub.findings.values()].flatMap(({ Id, RecordState }) => (RecordState === 'ACTIVE' ? Id : [])).toSorted();
const idsOf = (...findings: readonly Finding[]) => findings.map(({ id }) => id).toSorted();

/** The exit code of the command line for a complete report that was delivered in this way. */
const exitOf = (delivery: Delivery | undefined) =>
  exitCode({ ...reportOf([], { checks: CHECKS.length }), complete: delivery?.failed.length === 0 });

const calls = {
  GetFindings: /^POST \/findings /,
  BatchImportFindings: /^POST \/findings\/import /,
  BatchUpdateFindings: /^PATCH \/findings\/batchupdate /,
} as const;

const deliveries = Object.entries(calls).flatMap(([call, pattern]) =>
  Object.entries(faults).map(([name, fault]) => [call, name, pattern, fault] as const),
);

test.each(deliveries)(
  'delivery, %s answered with %s: it ends, exits with 3, closes nothing that is open, and the next one delivers all',
  async (_call, _name, pattern, fault) => {
    expect(await deliverNight([fixed, still], 0)).toMatchObject({ imported: 2, unseen: 0, failed: [] });
    proxy?.break(pattern, fault);
    expect(exitOf(await deliverNight(tonight, 1))).toBe(3);
    expect(active()).toEqual(expect.arrayContaining(idsOf(still)));
    proxy?.repair();
    const repaired = await deliverNight(tonight, 2);
    expect([exitOf(repaired), active()]).toEqual([0, idsOf(...tonight)]);
    expect(hub.findings.get(accepted.id)?.Workflow).toEqual({ Status: 'SUPPRESSED' });
  },
  60_000,
);

const collections = Object.entries(faults).map(([name, fault]) => [name, fault] as const);

test.each(collections)(
  'collection, the identities answered with %s: it ends, and they are unavailable with the reason',
  async (_name, fault) => {
    proxy?.break(/Action=GetAccountAuthorizationDetails/, fault);
    const { snapshot } = await throughProxy(async () =>
      collect(await connect({ region: REGION, ...limits() }), {
        ...{ facts: ['identities', 'passwordPolicy'] as const, now: NOW, analyze },
      }),
    );
    expect(snapshot.facts.identities).toMatchObject({
      status: 'unavailable',
      reason: expect.stringMatching(/^(iam:GetAccountAuthorizationDetails failed: |access to ).{5}/) as string,
    });
    expect(snapshot.facts.passwordPolicy.status).toBe('collected');
  },
  60_000,
);
