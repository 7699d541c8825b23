import { containmentOf } from '../../lambda/scanner/contain/containment.ts';
import { holderReach } from '../../lambda/scanner/contain/holder-reach.ts';
import { analyzeAccount } from '../../lambda/scanner/escalation/analyze.ts';
import type { AccessKey } from '../../lambda/scanner/facts/access-keys.ts';
import type { Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import type { Containment, ContainmentStep } from '../../lambda/scanner/model/containment.ts';
import type { Principal } from '../../lambda/scanner/iam/principal.ts';
import { type Instant, toIso } from '../../lambda/scanner/model/instant.ts';
import { collected } from '../../lambda/scanner/model/observed.ts';
import { decide } from '../../lambda/scanner/policy/decide.ts';
import { type AccountSpec, ADMINISTRATOR, allow, trusts } from '../escalation/support.ts';
import { snapshotIn } from '../organization/support.ts';
import { applyCommand, wordsOf } from '../support/apply-commands.ts';
import { NOW, aKey, daysAgo, seen } from '../support/builders.ts';

const HOME = '222233334444';
const OTHER = '333344445555';
const arn = (resource: string, account = HOME) => `arn:aws:iam::${account}:${resource}`;
const CI = arn('user/ci');
/** When the key was stolen. */
const STOLEN = daysAgo(5);

type Keys = Readonly<Record<string, readonly Partial<AccessKey>[]>>;

function withKeys(snapshot: Snapshot, keys: Keys): Snapshot {
  const lists = Object.entries(keys).map(
    ([user, its]) => [user, its.map((key, index) => aKey(user, `AKIA${user.toUpperCase()}${index}`, key))] as const,
  );
  return { ...snapshot, facts: { ...snapshot.facts, accessKeys: collected(seen(Object.fromEntries(lists))) } };
}

const analysesOf = (snapshots: readonly Snapshot[]) =>
  snapshots.flatMap((snapshot) => {
    const analysis = analyzeAccount(snapshot);
    return analysis.status === 'collected' ? [analysis.value] : [];
  });

const contain = (snapshots: readonly Snapshot[], principal = CI, since: Instant = STOLEN): Containment => {
  const containment = containmentOf(analysesOf(snapshots), { principal, since }, NOW);
  if (containment === undefined) throw new Error(`there is no ${principal}`);
  return containment;
};

/** Whether a session that was issued now is not denied everything. */
function isSessionAlive({ policies }: Principal): boolean {
  const context = (key: string) =>
    key === 'aws:tokenissuetime'
      ? ({ state: 'present', values: [toIso(NOW)] } as const)
      : ({ state: 'unknown', controlledBy: 'caller' } as const);
  const decision = decide(policies, { action: 'sts:AssumeRole', resource: '*', context });
  return decision.effect !== 'denied' || !decision.explicit;
}

/**
 * The principals as which the holder of a key of user `ci` still acts after the commands: with a credential that works and that is its
 * own, with a session from before, or through another that it still acts as.
 */
function liveReach(before: readonly Snapshot[], steps: readonly ContainmentStep[]): readonly string[] {
  const after = before.map((snapshot) =>
    steps
      .filter(({ account }) => account === snapshot.accountId)
      .reduce((account, { command }) => applyCommand(account, command), snapshot),
  );
  const analyses = analysesOf(after);
  const known = holderReach(analysesOf(before), CI).principals.map(({ principal }) => principal.arn);
  const roots = known.filter((one) =>
    analyses.some(({ account }) => {
      const principal = account.principalsByArn.get(one);
      return principal !== undefined && (isSessionAlive(principal) || hasCredential(account.facts, principal, one === CI));
    }),
  );
  return [...new Set(roots.flatMap((root) => holderReach(analyses, root).principals.map(({ principal }) => principal.arn)))];
}

function hasCredential(facts: Snapshot['facts'], { kind, identity: { name } }: Principal, isItsOwn: boolean): boolean {
  if (kind === 'role') return false;
  const isHeld = (since: Instant | 'never' | 'unsupported') => isItsOwn || typeof since !== 'number' || since >= STOLEN;
  const listed = facts.accessKeys.status === 'collected' ? facts.accessKeys.value.get(name) : undefined;
  const keys = listed?.status === 'collected' ? listed.value : [];
  const row = facts.credentialReport.status === 'collected' ? facts.credentialReport.value.rows.get(name) : undefined;
  const services = facts.serviceCredentials.status === 'collected' ? facts.serviceCredentials.value : [];
  const others = [facts.sshPublicKeys, facts.signingCertificates].flatMap((fact) => {
    const list = fact.status === 'collected' ? fact.value.get(name) : undefined;
    return list?.status === 'collected' ? list.value : [];
  });
  return (
    keys.some(({ active, createdAt }) => active && isHeld(createdAt)) ||
    (row?.passwordEnabled === true && isHeld(row.passwordLastChanged)) ||
    services.some(({ active, userName, createdAt }) => active && userName === name && isHeld(createdAt)) ||
    others.some(({ active, uploadedAt = 0 }) => active && isHeld(uploadedAt))
  );
}

const trusting = (...principals: readonly string[]) => ({ trust: principals.map((AWS) => trusts({ AWS })) });
const nothing = { can: [allow('s3:ListAllMyBuckets')] };
const noPassword = { report: { passwordEnabled: false } };

const cases: Readonly<Record<string, readonly [AccountSpec, Keys?, other?: AccountSpec, more?: Partial<Snapshot['facts']>]>> = {
  'a key without permissions': [{ users: { ci: { ...nothing, ...noPassword } } }, { ci: [{}] }],
  'a user with two keys and a password': [
    { users: { ci: { ...nothing, report: { passwordEnabled: true } } } },
    { ci: [{}, { id: 'AKIASECOND' }] },
  ],
  'roles that assume each other': [
    {
      users: { ci: { can: [allow('sts:AssumeRole', arn('role/a'))], ...noPassword } },
      roles: { a: { ...trusting(arn('root'), arn('role/b')), ...nothing }, b: { ...trusting(arn('role/a')), ...nothing } },
    },
    { ci: [{}] },
  ],
  'a user for whom it made a key, and one that has an old key': [
    {
      users: {
        ci: { can: [allow('iam:CreateAccessKey')], ...noPassword },
        eve: { ...nothing, ...noPassword },
        ann: { ...nothing, ...noPassword },
      },
    },
    {
      ci: [{}],
      eve: [{ createdAt: daysAgo(400) }, { id: 'AKIANEW', createdAt: daysAgo(1) }],
      ann: [{ createdAt: daysAgo(400) }],
    },
  ],
  'a user whose password it reset': [
    {
      users: {
        ci: { can: [allow('iam:UpdateLoginProfile')], ...noPassword },
        eve: { ...nothing, report: { passwordEnabled: true, passwordLastChanged: daysAgo(2) } },
      },
    },
    { ci: [{}] },
  ],
  'a role of another account, and the user whose key that can make': [
    { users: { ci: { can: [allow('sts:AssumeRole', arn('role/in', OTHER))], ...noPassword } } },
    { ci: [{}] },
    {
      roles: { in: { ...trusting(CI), can: [allow('iam:CreateLoginProfile')] } },
      users: { eve: { ...nothing, report: { passwordEnabled: true, passwordLastChanged: daysAgo(1) } } },
    },
  ],
  'an admin of the account': [
    { users: { ci: { attached: [ADMINISTRATOR], ...noPassword }, eve: { ...nothing, ...noPassword } }, roles: { app: nothing } },
    { ci: [{}], eve: [{ createdAt: daysAgo(1) }] },
  ],
  'credentials for services, SSH and old APIs': [
    { users: { ci: { ...nothing, ...noPassword } } },
    { ci: [{ active: false }] },
    {},
    {
      serviceCredentials: collected([
        { id: 'ACCA1', userName: 'ci', service: 'bedrock.amazonaws.com', active: true, createdAt: daysAgo(50) },
      ]),
      sshPublicKeys: collected(seen({ ci: [{ id: 'APKA1', active: true, uploadedAt: daysAgo(50) }] })),
      signingCertificates: collected(seen({ ci: [{ id: 'CERT1', active: true }] })),
    },
  ],
};

describe('after the commands, the holder of a stolen key acts as no principal; without any one of them it does', () => {
  test.each(Object.entries(cases))('%s', (_name, [spec, keys = {}, other = {}, more = {}]) => {
    const home = withKeys(snapshotIn(HOME, spec), keys);
    const snapshots = [{ ...home, facts: { ...home.facts, ...more } }, snapshotIn(OTHER, other)];
    const { steps } = contain(snapshots);
    expect(liveReach(snapshots, steps)).toEqual([]);
    for (const left of steps)
      expect([
        left.command,
        liveReach(
          snapshots,
          steps.filter((step) => step !== left),
        ).length > 0,
      ]).toEqual([left.command, true]);
  });
});

describe('the plan', () => {
  const chain = [
    withKeys(
      snapshotIn(HOME, {
        users: { ci: { can: [allow('sts:AssumeRole', [arn('role/a'), arn('role/in', OTHER)])], ...noPassword } },
        roles: { a: { ...trusting(arn('root')), ...nothing } },
      }),
      { ci: [{ createdAt: daysAgo(30) }] },
    ),
    snapshotIn(OTHER, { roles: { in: { ...trusting(CI), ...nothing } } }),
  ];

  test('begins with the credentials of the user, and names the account of each command', () => {
    expect(contain(chain).steps.map(({ account, ends }) => [account, ends])).toEqual([
      [HOME, 'access key AKIACI0 of user ci'],
      [HOME, 'sessions of user ci'],
      [HOME, 'sessions of role a'],
      [OTHER, 'sessions of role in'],
    ]);
  });

  test('denies the sessions that are issued until a while after it was printed', () => {
    expect(contain(chain).sessionsBefore).toBe('2026-11-20T03:15:00Z');
  });

  test('counts from the creation of the key that was named, or of the oldest credential', () => {
    const since = (accessKeyId?: string) =>
      containmentOf(
        analysesOf([
          withKeys(snapshotIn(HOME, { users: { ci: { ...nothing, ...noPassword } } }), {
            ci: [{ createdAt: daysAgo(30) }, { id: 'AKIASECOND', createdAt: daysAgo(3) }],
          }),
        ]),
        { principal: CI, ...(accessKeyId === undefined ? {} : { accessKeyId }) },
        NOW,
      )?.since;
    expect([since('AKIASECOND'), since('AKIACI0'), since()]).toEqual([toIso(daysAgo(3)), toIso(daysAgo(30)), toIso(daysAgo(30))]);
  });

  test('leaves the older credentials of another user alone, and ends what may be new', () => {
    const { steps } = contain([
      snapshotIn(HOME, {
        users: {
          ci: { can: [allow(['iam:CreateAccessKey', 'iam:UpdateLoginProfile'])], ...noPassword },
          old: { report: { passwordEnabled: true, passwordLastChanged: daysAgo(90) } },
          unreported: {},
        },
      }),
    ]);
    expect(steps.map(({ ends }) => ends).filter((text) => /password|key/.test(text) && !text.includes('user ci'))).toEqual([
      expect.stringMatching(/^each active access key of user unreported/),
      'console password of user unreported',
    ]);
  });

  test('tells what remains: code, secrets, unscanned accounts', () => {
    const { remains } = contain([
      snapshotIn(HOME, {
        users: {
          ci: {
            can: [
              allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction', 'secretsmanager:GetSecretValue']),
              allow('sts:AssumeRole', arn('role/x', '444455556666')),
            ],
          },
        },
        roles: { worker: { trust: ['lambda.amazonaws.com'] } },
      }),
    ]);
    expect(remains).toEqual([
      `Passwords, tokens and keys in AWS Secrets Manager and Parameter Store of account ${HOME}: the holder could read them. Replace them`,
      expect.stringContaining(`It could start code with ${arn('role/worker')}`),
      'Roles in account 444455556666, not scanned: the holder has permission to assume them',
      expect.stringMatching(/^Data that was copied/),
    ]);
  });

  test('of an account that it takes over, what it may have left behind is to be looked at', () => {
    const { review } = contain([
      snapshotIn(HOME, { users: { ci: { attached: [ADMINISTRATOR] } }, samlProviders: [arn('saml-provider/x')] }),
    ]);
    expect(review.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^What was done/),
      expect.stringMatching(/^Sign-in sessions of all users and roles/),
      expect.stringMatching(/^Whom the roles of the account trust/),
      expect.stringMatching(/^SAML providers.*saml-provider\/x$/),
    ]);
  });

  test('a role of IAM Identity Center is not changed, and told as what remains', () => {
    const name = 'AWSReservedSSO_Admin_0123456789abcdef';
    const role = arn(`role/aws-reserved/sso.amazonaws.com/${name}`);
    const { steps, remains } = contain(
      [snapshotIn(HOME, { roles: { [name]: { path: '/aws-reserved/sso.amazonaws.com/', ...nothing } } })],
      role,
    );
    expect(steps).toEqual([]);
    expect(remains.join('\n')).toContain('disable the user there');
  });

  test('a hostile name stays one word of its command', () => {
    const name = `ci'; rm -rf / #`;
    const { steps } = contain(
      [snapshotIn(HOME, { users: { [name]: { ...nothing, report: { passwordEnabled: true } } } })],
      arn(`user/${name}`),
    );
    expect(steps.map(({ command }) => wordsOf(command)[4])).toEqual(steps.map(() => name));
  });
});
