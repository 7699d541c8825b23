import { analyze } from '../../lambda/scanner/escalation/analyze.ts';
import { checks } from '../../lambda/scanner/checks/index.ts';
import type { Check } from '../../lambda/scanner/check.ts';
import type { Finding } from '../../lambda/scanner/model/finding.ts';
import type { Report } from '../../lambda/scanner/model/report.ts';
import type { FactName, Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import type { Observed } from '../../lambda/scanner/model/observed.ts';
import { derivedFrom } from '../../lambda/scanner/facts/derived.ts';
import { type RawFactName, rawFacts } from '../../lambda/scanner/facts/index.ts';
import { factsFor } from '../../lambda/scanner/permissions.ts';
import { exitCode } from '../../bin/commands/exit-code.ts';
import { lossesOf } from '../fuzz/oracle.ts';
import { BOUNDARY_ARN, BOUNDED, TWINS, busyAccount } from './busy-account.ts';
import { type Collected, collectFrom, judge, usualFacts } from './live.ts';

const served = busyAccount();
let whole: Collected;
let before: readonly Finding[];

beforeAll(async () => {
  whole = await collectFrom(await served);
  before = judge(whole.snapshot).findings;
});

/** Every action, with the facts that it is for. */
const actions = [...new Set(usualFacts.flatMap((fact) => rawFacts[fact].actions))].map(
  (action) => [action, usualFacts.filter((fact) => rawFacts[fact].actions.includes(action))] as const,
);

/** Facts with one answer an item, where the refusal of the action hides items and not the fact. */
const hidesItems = new Set([
  'iam:ListMFADevices',
  'iam:GetMFADevice',
  'iam:ListAccessKeys',
  'iam:GetAccessKeyLastUsed',
  'iam:ListSSHPublicKeys',
  'iam:GetLoginProfile',
  'iam:ListSigningCertificates',
  'iam:GetSAMLProvider',
  'iam:GetOpenIDConnectProvider',
  'access-analyzer:ListAnalyzers',
  'rolesanywhere:ListCrls',
  'rolesanywhere:ListProfiles',
  'rolesanywhere:ListTrustAnchors',
]);

/** Checks that need the fact for what they show, and judge without it. */
const judgesWithout: Readonly<Record<string, readonly string[]>> = {
  // The record of the admins says of each what could not be seen; no earlier snapshot is given to compare keys with; root of this account has no MFA device, which settles it; the
  // report tells who has a device, and no user may change those whose devices were not listed; the account has no break-glass user.
  'iam:ListMFADevices': ['admin-inventory', 'root-single-mfa-device', 'mfa-removable-without-mfa'],
  'iam:GetMFADevice': ['admin-inventory'],
  'iam:ListAccessKeys': ['admin-inventory', 'access-key-reactivated', 'break-glass-without-password'],
  // The report tells when an inactive key was last used; what a key is good for does not depend on when it was.
  'iam:GetAccessKeyLastUsed': [
    'access-key-can-destroy',
    'access-key-exposes-data',
    'admin-inventory',
    'access-key-inactive-kept',
    'access-key-reactivated',
    'access-key-on-service-user',
    'access-key-planted',
    'access-key-unrotated',
    'admin-access-key-unguarded',
    'break-glass-without-password',
    'password-and-access-key',
    'two-active-access-keys',
  ],
};

/** Checks that compare two nights have nothing to say of one item that is hidden, where no earlier snapshot is given. */
const comparesNights = new Set(checks.filter(({ needs }) => needs.includes('drift')).map(({ id }) => id));
const mayBeSilent = (action: string, id: string): boolean => hidesItems.has(action) && comparesNights.has(id);

const isRaw = (name: FactName): name is RawFactName => !Object.hasOwn(derivedFrom, name);

/** Whether the fact decides the check, by what it declares; facts that are computed count as what they are computed from. */
const isDecidedBy = ({ needs }: Check, fact: RawFactName) =>
  needs.some((need) => need === fact || (!isRaw(need) && derivedFrom[need].includes(fact)));
const checksThatNeed = (facts: readonly RawFactName[]) =>
  checks.filter((check) => facts.some((fact) => isDecidedBy(check, fact))).map(({ id }) => id);

const ofCheck = (findings: readonly Finding[], id: string) => findings.filter(({ checkId }) => checkId === id);
const hidden = (fact: Observed<unknown>): readonly string[] =>
  fact.status === 'collected' && fact.value instanceof Map
    ? [...(fact.value as ReadonlyMap<string, Observed<unknown>>)].flatMap(([name, item]) =>
        item.status === 'unavailable' ? [name] : [],
      )
    : [];

const unknownChecks = (findings: readonly Finding[]) =>
  [...new Set(findings.filter(({ status }) => status === 'UNKNOWN').map(({ checkId }) => checkId))].toSorted();

/** Everything that does not follow from the refused action is as it was. */
function expectTheRest(snapshot: Snapshot, facts: readonly RawFactName[]) {
  const follows = (name: RawFactName) => factsFor([{ needs: [name] }]).some((needed) => facts.includes(needed));
  for (const name of usualFacts.filter((other) => !follows(other)))
    expect([name, snapshot.facts[name]]).toEqual([name, whole.snapshot.facts[name]]);
}

describe.each(actions.filter(([action]) => !action.startsWith('iam:GetPolicy')))('without %s', (action, facts) => {
  let denied: Collected;
  let report: Report;
  let findings: readonly Finding[];
  const needing = checksThatNeed(facts);

  beforeAll(async () => {
    denied = await collectFrom(await served, { deny: [action] });
    report = judge(denied.snapshot);
    ({ findings } = report);
  });

  test('it was called, and the fact or its items say that it was denied', () => {
    expect(denied.calls.map((call) => `${call.service}:${call.action}`)).toContain(action);
    for (const observed of facts.map((fact) => denied.snapshot.facts[fact]))
      if (hidesItems.has(action)) expect(hidden(observed).length).toBeGreaterThan(0);
      else expect(observed).toEqual({ status: 'unavailable', reason: `access to ${action} was denied`, action });
    expectTheRest(denied.snapshot, facts);
  });

  test('exactly the checks that need it are UNKNOWN, with the reason', () => {
    const expected = needing.filter((id) => judgesWithout[action]?.includes(id) !== true && !mayBeSilent(action, id));
    expect(unknownChecks(findings)).toEqual(expected.toSorted());
    for (const finding of findings.filter(({ status }) => status === 'UNKNOWN'))
      expect(finding.remediation).toContain('iam-vigil permissions');
    if (!hidesItems.has(action))
      for (const id of expected) {
        const [finding, ...others] = ofCheck(findings, id);
        expect(finding?.message).toContain(`access to ${action} was denied`);
        expect(others).toEqual([]);
      }
  });

  test('no failure turns into a pass, and the other checks say what they said', () => {
    for (const check of checks) {
      const { id } = check;
      const subject = ({ resource }: Finding) => resource.arn;
      if (id === 'fact-unavailable') continue;
      if (!needing.includes(id)) expect(ofCheck(findings, id)).toEqual(ofCheck(before, id));
      else if (ofCheck(findings, id).every(({ resource }) => resource.type !== 'AwsAccount'))
        expect(ofCheck(findings, id).map(subject)).toEqual(expect.arrayContaining(ofCheck(before, id).map(subject)));
    }
  });

  test('one finding says what to allow', () => {
    const lacking = ofCheck(findings, 'fact-unavailable');
    expect(lacking.map(({ resource }) => resource.name)).toEqual(expect.arrayContaining([...facts]));
    for (const { evidence, remediation } of lacking) {
      expect(evidence['actions']).toEqual([action]);
      expect(remediation).toContain(action);
    }
  });

  test('the scan is incomplete where a check needs it, and ends with exit code 3', () => {
    expect([report.complete, exitCode(report)]).toEqual(needing.length > 0 ? [false, 3] : [true, 0]);
  });
});

describe.each(['iam:GetPolicy', 'iam:GetPolicyVersion'])('without %s', (action) => {
  const verdictOf = ({ snapshot }: Collected) => {
    const access = analyze(snapshot);
    const verdicts = access.status === 'collected' ? [...access.value.values()] : [];
    return verdicts.find(({ arn }) => arn.endsWith(`/${BOUNDED}`));
  };

  test('the boundary is unavailable, the verdict of the principal that has it says so, and the rest is unchanged', async () => {
    const denied = await collectFrom(await served, { deny: [action] });
    expect(denied.calls.map((call) => `${call.service}:${call.action}`)).toContain(action);
    const { identities } = denied.snapshot.facts;
    const policies = identities.status === 'collected' ? identities.value.policies.map(({ arn }) => arn) : [];
    expect(policies).not.toContain(BOUNDARY_ARN);
    expect(verdictOf(whole)).toMatchObject({ verdict: 'none' });
    expect(verdictOf(denied)).toMatchObject({ verdict: 'conditional' });
    expectTheRest(denied.snapshot, ['identities']);
    const [sound, report] = [judge(whole.snapshot), judge(denied.snapshot)];
    expect(lossesOf(sound, report)).toEqual([]);
    const cause = report.findings.find(
      ({ checkId, resource }) => checkId === 'fact-unavailable' && resource.name === 'identities',
    );
    expect([report.complete, cause?.evidence['actions']]).toEqual([false, [action]]);
  });
});

test('refused for one of all keys, only the checks of their use are UNKNOWN, of those keys', async () => {
  const { snapshot } = await collectFrom(await served, { deny: ['iam:GetAccessKeyLastUsed'] });
  const unknown = judge(snapshot).findings.filter(({ status }) => status === 'UNKNOWN');
  expect(unknown.map(({ checkId, resource }) => `${checkId} ${resource.name}`)).toEqual(
    ['access-key-never-used', 'access-key-unused'].flatMap((id) => TWINS.map((key) => `${id} ${key}`)),
  );
});

test('with all refused but the identity of the caller, nothing passes', async () => {
  const { snapshot } = await collectFrom(await served, { deny: actions.map(([action]) => action) });
  const { findings, summary } = judge(snapshot);
  expect(summary.passed).toBe(0);
  const ofCoverage = new Set(
    checks
      .filter(({ needs }) =>
        ['coverage', 'listedAccounts', 'wholeOrganization'].some((name) => needs.some((need) => need === name)),
      )
      .map(({ id }) => id),
  );
  expect(unknownChecks(findings)).toEqual(checks.map(({ id }) => id).filter((id) => !ofCoverage.has(id)));
  // What the scan did not see, it says of every fact, once: facts that depend on another are named with that one.
  const unseen = ofCheck(findings, 'fact-unavailable').flatMap(({ resource, evidence }) => [
    resource.name,
    ...((evidence['alsoMissing'] ?? []) as readonly string[]),
  ]);
  expect(unseen.toSorted()).toEqual([...usualFacts].toSorted());
});
