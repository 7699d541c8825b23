import { analyseAccount } from '../../lambda/scanner/access/analyse.ts';
import { centralPowersOf } from '../../lambda/scanner/organization/central-powers.ts';
import { createPlacement } from '../../lambda/scanner/organization/placement.ts';
import { type AccountSpec, ADMINISTRATOR, allow, deny, when } from '../access/support.ts';
import { MANAGEMENT, type OrganizationSpec, ROOT, anOrganization } from '../support/organization.ts';
import { snapshotIn } from './support.ts';

const MEMBER = '222233334444';
const trusted = (...services: readonly string[]) => services.map((ServicePrincipal) => ({ ServicePrincipal }));
const IAM = 'iam.amazonaws.com';

/** Who of an account may act as root of the others, by name; `every admin`, or nobody. */
function mayAssumeRoot(
  account: AccountSpec,
  id = MANAGEMENT,
  services = trusted(IAM),
  administrators = [MEMBER],
  scps: OrganizationSpec['scps'] = {},
) {
  const organization = anOrganization({
    scps,
    accounts: { [MEMBER]: [] },
    parts: {
      EnabledServicePrincipals: services,
      DelegatedAdministrators: administrators.map((Id) => ({ Id, DelegatedServices: trusted(IAM) })),
    },
  });
  const { snapshot, guardrails } = createPlacement(organization)(snapshotIn(id, account));
  const analysis = analyseAccount(snapshot, guardrails);
  if (analysis.status === 'unavailable') throw new Error(analysis.reason);
  return centralPowersOf(analysis.value)
    .filter(({ step }) => step.rule === 'assume-root')
    .map(({ from }) => from?.split('/').at(-1) ?? 'every admin');
}

const may = (more = {}): AccountSpec => ({ users: { ann: { can: [allow('sts:AssumeRoot', '*', more)] } } });
const task = (policy: string) => when('ArnEquals', 'sts:TaskPolicyArn', `arn:aws:iam::aws:policy/root-task/${policy}`);

test.each([
  ['whoever is allowed to', may(), ['ann']],
  ['whoever may give root a password', may(task('IAMCreateRootUserPassword')), ['ann']],
  ['nobody who may only look', may(task('IAMAuditRootUserCredentials')), []],
  ['nobody who may do something else', { users: { ann: { can: [allow('sts:AssumeRole')] } } }, []],
  [
    'every admin, told once',
    { users: { ann: { attached: [ADMINISTRATOR] }, bob: { attached: [ADMINISTRATOR] } } },
    ['every admin'],
  ],
])('as root of a member acts %s', (_name, account, expected) => {
  expect(mayAssumeRoot(account)).toEqual(expected);
});

test('from the management account and a delegated administrator, and from nowhere else', () => {
  expect(mayAssumeRoot(may(), MEMBER)).toEqual(['ann']);
  expect(mayAssumeRoot(may(), MEMBER, trusted(IAM), [])).toEqual([]);
});

test('not from a delegated administrator over which a service control policy denies it', () => {
  const admins: AccountSpec = { users: { ann: { attached: [ADMINISTRATOR] } } };
  expect(mayAssumeRoot(admins, MEMBER)).toEqual(['every admin']);
  const guard = { guard: [[deny('sts:AssumeRoot')], ROOT] } as const;
  expect(mayAssumeRoot(admins, MEMBER, trusted(IAM), [MEMBER], guard)).toEqual([]);
});

test('not where trusted access for IAM is off', () => {
  expect(mayAssumeRoot(may(), MANAGEMENT, trusted('sso.amazonaws.com'))).toEqual([]);
});
