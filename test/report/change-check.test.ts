import type { ChangeKind } from '../../lambda/scanner/model/change.ts';
import type { Severity } from '../../lambda/scanner/model/severity.ts';
import type { StatementReference, Step } from '../../lambda/scanner/model/verdict.ts';
import { type AdminGain, type ChangeCheck, checkChange } from '../../lambda/scanner/report/change-check.ts';
import { renderChangeCheck, renderChangeCheckMarkdown } from '../../lambda/scanner/report/change-check-text.ts';
import { type ChangeReport, renderChanges } from '../../lambda/scanner/report/changes.ts';
import { ACCOUNT } from '../support/builders.ts';
import { aChange, aGap } from '../support/changes.ts';
import { aVerdict } from '../support/verdicts.ts';

const OTHER = '222233334444';
const ANN = `arn:aws:iam::${ACCOUNT}:user/ann`;

const report: ChangeReport = {
  ...{ accounts: [ACCOUNT], onlyOnce: [], changes: [], notCompared: [] },
  ...{ olderTakenAt: '2026-11-19T03:00:00Z', newerTakenAt: '2026-11-20T03:00:00Z' },
};

test.each<[kind: ChangeKind, severity: Severity, verdict: 'admin' | 'none', reached: number, result: ChangeCheck['result']]>([
  ['access-gained', 'LOW', 'admin', 0, 'gives-admin'],
  ['access-gained', 'INFORMATIONAL', 'none', 0, 'gives-no-admin'],
  ['assignment-added', 'HIGH', 'none', 0, 'gives-admin'],
  ['assignment-added', 'MEDIUM', 'admin', 0, 'gives-no-admin'],
  ['trust-widened', 'LOW', 'admin', 0, 'gives-admin'],
  ['trust-changed', 'LOW', 'none', 1, 'gives-admin'],
  ['trust-changed', 'LOW', 'none', 0, 'gives-no-admin'],
  ['permissions-gained', 'HIGH', 'admin', 0, 'gives-no-admin'],
])('%s of %s, whose verdict is %s and who reaches %d other accounts: %s', (kind, severity, verdict, reached, result) => {
  const reachedAccounts = { count: reached, accounts: [], ifConditions: 0 };
  const admins = [{ ...aVerdict(ANN, verdict), account: ACCOUNT, ...(reached === 0 ? {} : { reachedAccounts }) }];
  expect(checkChange({ ...report, changes: [aChange(kind, severity)] }, admins)).toMatchObject({ result });
});

test('one who gains other accounts and is no admin of its own has the paths to those', () => {
  const path = aVerdict(ANN, 'admin').path;
  const reach = [OTHER, '333344445555'].map((account) => ({
    ...{ account, verdict: 'can-become-admin' as const, asAdmin: false, conditions: [], path },
  }));
  const change = aChange('access-gained', 'HIGH', { evidence: { accounts: [OTHER] } });
  const { gains } = checkChange({ ...report, changes: [change] }, [{ ...aVerdict(ANN, 'none'), account: ACCOUNT, reach }]);
  expect(gains).toEqual([{ change, paths: [{ account: OTHER, path }] }]);
});

const step = (...statements: readonly StatementReference[]): Step => ({
  ...{ rule: 'assume-role', title: 'assume the role', aliases: [], actions: ['sts:AssumeRole'], from: ANN },
  ...{ to: `arn:aws:iam::${ACCOUNT}:role/ops`, statements },
});
const gain: AdminGain = {
  change: aChange('access-gained', 'HIGH', { headline: 'IAM user ann now has administrator access' }),
  paths: [
    { account: ACCOUNT, path: [step({ policy: 'inline:own', index: 0, sid: 'Ops' }, { policy: 'p', group: 'team', index: 1 })] },
  ],
};
const everything: ChangeCheck = {
  ...{ ...report, accounts: [ACCOUNT, OTHER, '333344445555'], result: 'gives-admin', onlyOnce: ['555566667777'] },
  gains: [gain],
  changes: [
    gain.change,
    aChange('access-lost', 'INFORMATIONAL', { effect: 'better', headline: 'IAM user bob lost access', message: 'It was admin.' }),
  ],
  notCompared: [
    { account: ACCOUNT, ...aGap('permissions') },
    { account: ACCOUNT, ...aGap('permissions'), resource: gain.change.resource },
  ],
  limited: [
    {
      ...{ account: OTHER, arn: `arn:aws:iam::${OTHER}:role/batch`, services: ['lambda.amazonaws.com'] },
      ...{ actions: ['s3:*'], conditionalActions: ['iam:*'] },
    },
    { account: OTHER, arn: `arn:aws:iam::${OTHER}:user/cara`, services: [], actions: [], conditionalActions: [] },
  ],
};

test('a change with all that there is to say, as text', () => {
  expect(renderChangeCheck(everything, { color: false })).toBe(`iam-vigil check-change  3 accounts
The change gives administrator access.
1 worse, 1 better, 0 other; 2 not compared

HIGH           ${ACCOUNT}  IAM user ann now has administrator access
               sts:AssumeRole role/ops
                 allowed by statement 1 (Ops) of inline policy own
                 allowed by statement 2 of policy p of group team

${OTHER}  role/batch (used by lambda.amazonaws.com) can no longer: s3:*; only under conditions: iam:*
${OTHER}  user/cara has too many permissions to compare
2 users and roles lose permissions. Accounts where none does: 333344445555.
SCPs and RCPs do not limit the management account and service-linked roles.

Other changes:
INFORMATIONAL  ${ACCOUNT}  IAM user bob lost access. It was admin.

Could not be compared (neither new nor removed):
  555566667777  only one of the two has it
  ${ACCOUNT}  permissions: access was denied
  ${ACCOUNT}  permissions of ann: access was denied
`);
});

test('a change with all that there is to say, as Markdown', () => {
  expect(renderChangeCheckMarkdown(everything)).toBe(`# iam-vigil: 3 accounts

**The change gives administrator access.** 1 worse, 1 better, 0 other; 2 not compared.

## HIGH: IAM user ann now has administrator access

Account ${ACCOUNT}.

Path to account ${ACCOUNT}:
1. sts:AssumeRole role/ops
   - allowed by statement 1 (Ops) of inline policy own
   - allowed by statement 2 of policy p of group team

## Permissions that end

- ${OTHER}  role/batch (used by lambda.amazonaws.com) can no longer: s3:\\*; only under conditions: iam:\\*
- ${OTHER}  user/cara has too many permissions to compare
- 2 users and roles lose permissions. Accounts where none does: 333344445555.
- SCPs and RCPs do not limit the management account and service-linked roles.

## Other changes (1)

- INFORMATIONAL ${ACCOUNT} IAM user bob lost access. It was admin.

## Could not be compared (not a pass)

- 555566667777: only one of the two has it
- ${ACCOUNT}: access was denied
- ${ACCOUNT} ann: access was denied
`);
});

const nothing: ChangeCheck = { ...report, result: 'gives-no-admin', gains: [] };

test('a change that does nothing', () => {
  const head = `The change gives no administrator access.`;
  expect(renderChangeCheck(nothing, { color: false })).toBe(
    `iam-vigil check-change  account ${ACCOUNT}\n${head}\n0 worse, 0 better, 0 other; 0 not compared\n`,
  );
  expect(renderChangeCheckMarkdown(nothing)).toBe(
    `# iam-vigil: account ${ACCOUNT}\n\n**${head}** 0 worse, 0 better, 0 other; 0 not compared.\n`,
  );
});

test('a limit that stops no account', () => {
  const limited = everything.limited?.slice(0, 1) ?? [];
  expect(renderChangeCheck({ ...nothing, accounts: [OTHER], limited }, { color: false })).toContain(
    '\n1 users and roles lose permissions. Accounts where none does: none.\n',
  );
});

test('diff: a change without a message takes one line, one that only is listed comes alone, and a gap is no quiet night', () => {
  const of = (more: Partial<ChangeReport>) => renderChanges({ ...report, ...more }, { color: false });
  const loud = aChange('access-key-added', 'HIGH', { headline: 'IAM user ann has a new access key' });
  const quiet = aChange('access-key-added', 'INFORMATIONAL', { headline: 'IAM user bob has a new access key' });
  const head = `iam-vigil diff  account ${ACCOUNT}  2026-11-19 03:00 UTC to 2026-11-20 03:00 UTC\n`;
  expect(of({ changes: [loud, quiet] })).toBe(
    `${head}2 worse, 0 better, 0 other; 0 not compared\n\nHIGH           IAM user ann has a new access key\n\nOther changes:\nINFORMATIONAL  IAM user bob has a new access key\n`,
  );
  expect(of({ changes: [quiet] })).toBe(
    `${head}1 worse, 0 better, 0 other; 0 not compared\n\nINFORMATIONAL  IAM user bob has a new access key\n`,
  );
  expect(of({ notCompared: [{ account: ACCOUNT, ...aGap('passwords') }] })).toBe(
    `${head}0 worse, 0 better, 0 other; 1 not compared\n\nNothing changed.\n\nCould not be compared (neither new nor removed):\n  ${ACCOUNT}  passwords: access was denied\n`,
  );
});
