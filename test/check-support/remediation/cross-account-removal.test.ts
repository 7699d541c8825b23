import { crossingSteps } from '../../../lambda/scanner/check-support/remediation/cross-account-removal.ts';
import type { ReachPath } from '../../../lambda/scanner/model/reach.ts';
import type { StatementReference, Step } from '../../../lambda/scanner/model/verdict.ts';
import { ACCOUNT } from '../../support/builders.ts';

const OTHER = '444455556666';
const ANN = `arn:aws:iam::${ACCOUNT}:user/ann`;
const CI = `arn:aws:iam::${ACCOUNT}:role/ci`;
const DEPLOY = `arn:aws:iam::${OTHER}:role/team/deploy`;

const step = (rule: string, from: string, to: string, statements: readonly StatementReference[] = []): Step => ({
  ...{ rule, title: '', aliases: [], actions: ['sts:AssumeRole'], from, to, statements },
});
const path = (...steps: readonly Step[]): ReachPath => ({ account: OTHER, asAdmin: false, conditions: [], path: steps });
const trusted = (index: number, sid?: string): StatementReference => ({
  ...{ policy: `trust:${DEPLOY}`, index },
  ...(sid === undefined ? {} : { sid }),
});
const changeOf = (role: string) =>
  `Save the trust policy (aws iam get-role --role-name ${role} --query Role.AssumeRolePolicyDocument --output json > trust.json), edit the file, then apply it: aws iam update-assume-role-policy --role-name ${role} --policy-document file://trust.json`;

test('names the caller and the statement of the trust policy where the path leaves the account', () => {
  const identity = { policy: 'inline:out', index: 0 };
  const paths = [path(step('assume-role', ANN, CI), step('assume-role', CI, DEPLOY, [identity, trusted(1, 'Ci')]))];
  expect(crossingSteps({ platform: false, principalArn: ANN, paths })).toBe(
    `In account ${OTHER}, remove ${CI} from statement 2 (Sid Ci) of the trust policy of role deploy. If the policy names the whole account, name only the roles that need access instead. ${changeOf('deploy')}. iam-vigil explain ${ANN} shows all statements of the path.`,
  );
});

test('names the trust policy alone where its statement is not known', () => {
  expect(crossingSteps({ platform: false, principalArn: CI, paths: [path(step('assume-role', CI, DEPLOY))] })).toMatch(
    new RegExp(`^In account ${OTHER}, remove ${CI} from the trust policy of role deploy\\. .+trust\\.json\\. iam-vigil explain`),
  );
});

test('for what every admin of the account can do, names no single caller', () => {
  const found = crossingSteps({ platform: false, paths: [path(step('assume-role', CI, DEPLOY, [trusted(0)]))] });
  expect(found).toBe(
    `In account ${OTHER}, change statement 1 of the trust policy of role deploy, so that only the roles that need access can assume it, and not every admin of account ${ACCOUNT}. ${changeOf('deploy')}.`,
  );
});

test('for a role of the landing zone, says first that the landing zone may need it', () => {
  const into = path(step('assume-role', CI, DEPLOY, [trusted(0)]));
  expect(crossingSteps({ platform: true, principalArn: CI, paths: [into] })).toMatch(
    new RegExp(
      `^If the landing zone needs this access, keep it, and .+ Otherwise remove it\\. In account ${OTHER}, remove ${CI} from`,
    ),
  );
});

test('quotes a hostile name, wherever it stands', () => {
  const into = (role: string) => path(step('assume-role', `${CI};$(reboot)`, `${role};$(reboot)`, [trusted(0, '`id`')]));
  const found = crossingSteps({ platform: false, principalArn: ANN, paths: [into(DEPLOY), into(`${DEPLOY}2`)] });
  expect(found).toContain('$(reboot)');
  expect(found.replaceAll(/'[^']*'/g, '')).not.toMatch(/reboot|`/);
});

test('names each role once', () => {
  const support = `arn:aws:iam::${OTHER}:role/support`;
  const into = (role: string) => path(step('assume-role', CI, role, [trusted(0)]));
  const found = crossingSteps({ platform: false, paths: [into(DEPLOY), into(DEPLOY), into(support)] });
  expect(found.match(/In account/g)).toHaveLength(2);
  expect(found).toContain('trust policy of role support,');

  const named = crossingSteps({ platform: false, principalArn: CI, paths: [into(DEPLOY), into(support)] });
  expect(named.match(/If the policy names the whole account/g)).toHaveLength(1);
  expect(named.match(/Save the trust policy/g)).toHaveLength(2);
});

const STACK_SETS = ['cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances'];
const central = (from: string, ...statements: readonly StatementReference[]): Step => ({
  ...step('create-service-managed-stack-set', from, 'every member account', statements),
  actions: STACK_SETS,
});

test('names the actions and the statement of a service that acts in all accounts', () => {
  expect(
    crossingSteps({ platform: false, principalArn: ANN, paths: [path(central(ANN, { policy: 'inline:sets', index: 0 }))] }),
  ).toBe(
    `Do not allow ${ANN} to call cloudformation:CreateStackSet and cloudformation:CreateStackInstances. Today statement 1 of inline policy sets allows it. Keep these calls in a dedicated account with few administrators. iam-vigil explain ${ANN} shows all statements of the path.`,
  );
});

test('names the actions alone if no statement is known, and several statements in the plural', () => {
  expect(crossingSteps({ platform: false, paths: [path(central(ANN))] })).toContain('cloudformation:CreateStackInstances. Keep');
  const both = central(ANN, { policy: 'inline:sets', index: 0 }, { policy: 'inline:more', index: 1, sid: 'More' });
  expect(crossingSteps({ platform: false, paths: [path(both)] })).toContain(
    ' Today statement 1 of inline policy sets and statement 2 (Sid More) of inline policy more allow it. Keep',
  );
});

test('for what every admin of the account can do, names the account once', () => {
  const ofAdmins = { ...path(central(CI)), asAdmin: true };
  expect(crossingSteps({ platform: false, paths: [ofAdmins, { ...ofAdmins, account: '555566667777' }] })).toBe(
    `Every admin of account ${ACCOUNT} can call cloudformation:CreateStackSet and cloudformation:CreateStackInstances for every member account. Delegate the administration of this service to a dedicated account with few administrators, or deny these actions with an SCP that exempts approved roles.`,
  );
});

test('a path that stays in the account asks for nothing of its own', () => {
  expect(crossingSteps({ platform: false, paths: [path(step('assume-role', ANN, CI))] })).toMatch(
    /^Find the roles of the other accounts/,
  );
});

test('without a known path, asks for the trust between the accounts', () => {
  expect(crossingSteps({ platform: false, paths: [] })).toBe(
    'Find the roles of the other accounts that trust this account, and remove this account from their trust policies.',
  );
});
