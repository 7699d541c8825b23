import {
  type GivenData,
  type Unread,
  elementsOfPart,
  unreadElements,
  unreadFor,
  unreadIn,
} from '../../lambda/scanner/evaluate/unread.ts';
import type { RawFactName } from '../../lambda/scanner/facts/index.ts';
import type { OrganizationPart } from '../../lambda/scanner/facts/organization-parts/index.ts';
import type { OrganizationSnapshot } from '../../lambda/scanner/facts/organization-parts/organization-snapshot.ts';
import type { FactName, Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import { ACCOUNT, aUser, identities } from '../support/builders.ts';
import { observedFacts } from '../support/observed-facts.ts';
import { MANAGEMENT, ROOT, anOrganization } from '../support/organization.ts';

const DENIED = 'access was denied';
const denied = unavailable(DENIED, 'iam:Get');
const notInFiles = unavailable('it is not in the snapshot');
const ofAnn = collected(
  new Map([
    ['ann', collected([])],
    ['bob', denied],
  ]),
);

describe('of a fact is unread', () => {
  const users = (count: number, ...unread: readonly string[]) => ({
    accountSummary: collected({ users: count }),
    identities: collected(identities({ users: [aUser('ann')], unread })),
    credentialReport: notInFiles,
  });

  test.each<[name: string, fact: RawFactName, facts: Partial<Snapshot['facts']>, unread: readonly string[]]>([
    ['nothing, where all was read', 'passwordPolicy', {}, []],
    ['all of it, with the reason', 'passwordPolicy', { passwordPolicy: denied }, [DENIED]],
    ['what one item lacks', 'accessKeys', { accessKeys: ofAnn }, [`bob: ${DENIED}`]],
    ['no value that is not an answer', 'roleSessions', { roleSessions: collected(new Map([['app', { seconds: 3600 }]])) }, []],
    ['all of the identities, with the reason', 'identities', { identities: denied }, [DENIED]],
    ['an element of the identities', 'identities', users(2, 'UserDetailList[1]'), ['UserDetailList[1]']],
    ['what a list lacks', 'identities', users(2), ['AWS counts 2 users, and 1 are listed']],
    [
      'an element, and what the list lacks beside it',
      'identities',
      users(3, 'UserDetailList[1]'),
      ['UserDetailList[1]', 'AWS counts 3 users, and 2 are listed'],
    ],
    ['nothing, though elements of the identities are', 'accessKeys', users(2, 'UserDetailList[1]'), []],
  ])('%s', (_name, fact, facts, unread) => {
    expect(unreadElements(fact, observedFacts(facts))).toEqual(unread);
  });
});

describe('of a part of the organization is unread', () => {
  const malformed = { version: 'x' };
  const account = { Id: ACCOUNT, State: 'ACTIVE', ParentId: ROOT };
  const policy = { Id: 'p-1', Arn: 'arn:aws:organizations::aws:policy/p-1', Name: 'own', Type: 'SERVICE_CONTROL_POLICY' };
  const valid = { Version: '2012-10-17', Statement: [] };
  const set = { PermissionSetArn: 'arn:aws:sso:::permissionSet/1', Name: 'Admins', ManagedPolicies: [] };
  const arn = 'arn:aws:organizations::999988887777:resourcepolicy/o-exampleorgid/rp-1';

  test.each<[name: string, part: OrganizationPart, value: Json | undefined, unread: readonly string[]]>([
    ['all of it, with the reason', 'Roots', undefined, [DENIED]],
    ['no account whose path is known', 'Accounts', [{ Id: ACCOUNT, State: 'ACTIVE', Paths: [`o-1/${ROOT}/`] }], []],
    ['no account whose parent is known', 'Accounts', [account], []],
    ['where an account is', 'Accounts', [{ Id: ACCOUNT, State: 'ACTIVE' }], [`where account ${ACCOUNT} is`]],
    [
      'the state of an account',
      'Accounts',
      [account, { Id: MANAGEMENT, ParentId: ROOT }],
      [`the state of account ${MANAGEMENT}`],
    ],
    ['where a unit is', 'OrganizationalUnits', [{ Id: 'ou-1', ParentId: ROOT }, { Id: 'ou-2' }], ['where unit ou-2 is']],
    ['no policy with its document and targets', 'Policies', [{ PolicySummary: policy, Content: valid, Targets: [] }], []],
    [
      'a document of a policy',
      'Policies',
      [{ PolicySummary: policy, Content: malformed, Targets: [] }],
      ['own: the document has an unknown element "version"'],
    ],
    [
      'why AWS did not return the document of a policy',
      'Policies',
      [{ PolicySummary: policy, Content: { status: 'unavailable', reason: DENIED }, Targets: [] }],
      [`own: ${DENIED}`],
    ],
    ['where a policy is attached', 'Policies', [{ PolicySummary: policy, Content: valid }], ['where own is attached']],
    [
      'both, of a policy without a name',
      'Policies',
      [{ PolicySummary: { ...policy, Name: null } }],
      ['p-1: its content is not in the snapshot', 'where p-1 is attached'],
    ],
    ['no resource policy, where there is none', 'ResourcePolicy', null, []],
    ['no resource policy with its document', 'ResourcePolicy', { ResourcePolicySummary: { Arn: arn }, Content: valid }, []],
    [
      'the document of the resource policy',
      'ResourcePolicy',
      { ResourcePolicySummary: { Arn: arn }, Content: malformed },
      [`${arn}: the document has an unknown element "version"`],
    ],
    ['no permission set with its policies', 'PermissionSets', [set], []],
    [
      'the policies of a permission set',
      'PermissionSets',
      [set, { ...set, Name: 'Readers', Unavailable: { reason: DENIED } }],
      [`Readers: ${DENIED}`],
    ],
  ])('%s', (_name, part, value, unread) => {
    expect(elementsOfPart(part, anOrganization({ parts: { [part]: value } }))).toEqual(unread);
  });

  test('nothing, where only other parts are unread', () => {
    const parts = {
      Accounts: [{ Id: ACCOUNT }],
      OrganizationalUnits: [{ Id: 'ou-1' }],
      Policies: [{ PolicySummary: policy }],
      ResourcePolicy: { Content: malformed },
      PermissionSets: [{ ...set, Unavailable: { reason: DENIED } }],
    };
    expect(elementsOfPart('Roots', anOrganization({ parts }))).toEqual([]);
  });
});

describe('an account was given', () => {
  const inFull = ['Instances', 'PermissionSets', 'AccountAssignments', 'Users', 'Groups', 'GroupMemberships'];
  const organization = (parts: Readonly<Record<string, Json | undefined>> = {}): OrganizationSnapshot =>
    anOrganization({ parts: { ...Object.fromEntries(inFull.map((part) => [part, []])), ...parts } });
  const whole: GivenData = { facts: observedFacts(), organization: organization(), isReporterKnown: true, hasPrevious: true };
  const facts = (changed: Partial<Snapshot['facts']>) => ({ facts: observedFacts(changed) });
  const unseen = (reason: string): readonly Unread[] => [
    { fact: 'wholeOrganization', elements: [reason], isWanted: false },
    { fact: 'listedAccounts', elements: [reason], isWanted: false },
  ];

  test.each<[name: string, given: Partial<GivenData>, unread: readonly Unread[]]>([
    ['with all that checks may read', {}, []],
    [
      'without a fact that was denied',
      facts({ passwordPolicy: denied }),
      [{ fact: 'passwordPolicy', elements: [DENIED], isWanted: true }],
    ],
    [
      'without a fact that is not in the files',
      facts({ passwordPolicy: notInFiles }),
      [{ fact: 'passwordPolicy', elements: ['it is not in the snapshot'], isWanted: false }],
    ],
    [
      'with a fact that was read in part',
      facts({ accessKeys: ofAnn }),
      [{ fact: 'accessKeys', elements: [`bob: ${DENIED}`], isWanted: true }],
    ],
    [
      'with a list that lacks something',
      facts({ accountSummary: collected({ users: 1 }) }),
      [{ fact: 'identities', elements: ['AWS counts 1 users, and 0 are listed'], isWanted: true }],
    ],
    [
      'without a part of the organization',
      { organization: organization({ Roots: undefined }) },
      [{ fact: 'Roots', elements: [DENIED], isWanted: true }],
    ],
    ['without its organization', { organization: undefined }, unseen('the organization was not scanned')],
    [
      'without its organization, so that no account reports for it',
      { organization: undefined, isReporterKnown: false },
      unseen('the organization was not scanned'),
    ],
    [
      'with an organization for which no account is known to report',
      { isReporterKnown: false },
      unseen('which account is the management account'),
    ],
    [
      'without an earlier snapshot',
      { hasPrevious: false },
      [{ fact: 'previous', elements: ['no earlier snapshot was given'], isWanted: false }],
    ],
  ])('%s', (_name, given, unread) => {
    expect(unreadIn({ ...whole, ...given })).toEqual(unread);
  });
});

describe('a check depends on what was not read', () => {
  const unread = (fact: Unread['fact'], ...elements: readonly string[]): Unread => ({ fact, elements, isWanted: true });
  const check = (id: string, ...needs: readonly FactName[]) => ({ id, needs });
  const dependingOn = (fact: Unread['fact'], needs: readonly FactName[], read: readonly OrganizationPart[] = []) =>
    unreadFor(ACCOUNT, [check('a-check', ...needs)], [unread(fact, DENIED)], new Map([['a-check', new Set(read)]])).length === 1;

  test.each<[name: string, fact: Unread['fact'], needs: readonly FactName[], depends: boolean]>([
    ['that it needs', 'passwordPolicy', ['passwordPolicy'], true],
    ['that it does not need', 'passwordPolicy', ['accessKeys'], false],
    ['on which a needed fact depends', 'credentialReport', ['accessKeys'], true],
    ['from which a needed fact is computed', 'rolesAnywhere', ['certificateTrust'], true],
    ['from which a fact is computed on which a needed one depends', 'identities', ['accessKeys'], true],
    ['of the organization, from which a needed fact is computed', 'Policies', ['access'], true],
    ['of the organization, from which no needed fact is computed', 'ResourcePolicy', ['access'], false],
    ['of the organization, from which nothing is computed that was asked for', 'Policies', ['identities'], false],
  ])('%s', (_name, fact, needs, depends) => {
    expect(dependingOn(fact, needs)).toBe(depends);
  });

  test('of the organization, which it read itself', () => {
    expect(dependingOn('ResourcePolicy', ['wholeOrganization'])).toBe(false);
    expect(dependingOn('ResourcePolicy', ['wholeOrganization'], ['ResourcePolicy'])).toBe(true);
  });

  test('is named with it; what no check depends on is left out', () => {
    const checks = [check('a-check', 'accessKeys'), check('b-check', 'passwordPolicy'), check('c-check', 'passwordPolicy')];
    const all = [
      unread('passwordPolicy', DENIED),
      { ...unread('analyzers', DENIED), isWanted: false },
      unread('mfaDevices', DENIED),
    ];
    expect(unreadFor(ACCOUNT, checks, all, new Map())).toEqual([
      { account: ACCOUNT, fact: 'passwordPolicy', isWanted: true, elements: [DENIED], count: 1, checks: ['b-check', 'c-check'] },
    ]);
  });

  test('of many elements twenty are named, and all are counted', () => {
    const elements = Array.from({ length: 21 }, (_, index) => `user${index}: ${DENIED}`);
    const [data] = unreadFor(ACCOUNT, [check('a-check', 'accessKeys')], [unread('accessKeys', ...elements)], new Map());
    expect(data).toMatchObject({ elements: elements.slice(0, 20), count: 21 });
  });
});
