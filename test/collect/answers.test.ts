import { accountFactNames, collectAccountFact } from '../../lambda/scanner/collect/account-facts.ts';
import type { Aws } from '../../lambda/scanner/collect/aws.ts';
import { whoIsCalling } from '../../lambda/scanner/collect/caller.ts';
import {
  type Failure,
  FailedCall,
  failureOf,
  isUnanswered,
  reasonOf,
  tellsOfFailure,
  unseen,
} from '../../lambda/scanner/collect/failure.ts';
import { collectIdentityFact, identityFactNames } from '../../lambda/scanner/collect/identity-facts.ts';
import { observeEach } from '../../lambda/scanner/collect/observe-each.ts';
import { type Page, allPages } from '../../lambda/scanner/collect/pages.ts';
import { collectRoleSessions } from '../../lambda/scanner/collect/role-sessions.ts';
import { toJson } from '../../lambda/scanner/collect/to-json.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import { type ObservedFacts, parseFact } from '../../lambda/scanner/facts/snapshot.ts';
import { collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import { aReport, aReportedKey, aRole, aRow, aUser, adminAccess, emptyAccount, identities } from '../support/builders.ts';
import { smallAccount } from '../support/aws/small-account.ts';
import { collectFrom, judge } from './live.ts';

const named = (name: string, message = 'why', more: object = {}) => Object.assign(new Error(message), { name, ...more });

/** AWS as a function from the name of the call to its answer; a call needs no more of a client than `send`. */
function awsThat(answer: (call: string) => unknown): Aws {
  const client = {
    send: (command: object) => {
      const given = answer(command.constructor.name.replace(/Command$/, ''));
      return given instanceof Error ? Promise.reject(given) : Promise.resolve(given);
    },
  };
  return { iam: client, account: client, organizations: client } as unknown as Aws;
}

/** Clients whose every call throws this, which need not be an error. */
const clientsThatThrow = (thrown: unknown) => {
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what libraries throw is not always an error
  const client = { send: () => Promise.reject(thrown) };
  return { iam: client, account: client, organizations: client } as unknown as Aws;
};

const notAsked = unavailable('it was not asked for');
const nothingKnown = { accountSummary: notAsked, organization: notAsked };

describe('an answer without its list is not taken for an empty one', () => {
  const bare = awsThat((call) => (call === 'GetCredentialReport' ? { Content: Buffer.from('user,') } : { State: 'COMPLETE' }));

  // Analyzers are asked for in each Region by a client of its own.
  test.each(accountFactNames.filter((name) => name !== 'analyzers'))('%s', async (name) => {
    const raw = await collectAccountFact(name, bare, nothingKnown);
    expect(parseFact(name, raw).status).toBe('unavailable');
  });

  test.each(['ListSAMLProviders', 'ListOpenIDConnectProviders'])(
    'nor is a provider without an ARN left out, of %s',
    async (call) => {
      const list = { SAMLProviderList: [{}], OpenIDConnectProviderList: [{}] };
      const aws = awsThat((other) => (other === call ? list : {}));
      const name = call === 'ListSAMLProviders' ? 'samlProviders' : 'oidcProviders';
      const reason = `iam:${call} failed: AWS left the ID of an item out of its answer`;
      expect(await collectAccountFact(name, aws, nothingKnown)).toEqual(unavailable(reason, `iam:${call}`));
    },
  );

  test.each(identityFactNames)('%s', async (name) => {
    const ann = aUser('ann');
    const facts: ObservedFacts = {
      ...(Object.fromEntries(
        Object.entries(emptyAccount).map(([fact, value]) => [fact, collected(value)]),
      ) as unknown as ObservedFacts),
      identities: collected(identities({ users: [ann] })),
      credentialReport: collected(
        aReport(
          aRow('ann', { passwordEnabled: true, mfaActive: true, activeCertificates: 1, keys: [aReportedKey(), aReportedKey()] }),
        ),
      ),
      access: collected(adminAccess(ann.arn)),
      mfaDevices: collected(
        new Map([
          ['ann', collected(['arn:aws:iam::111122223333:u2f/user/ann/key'])],
          ['bob', unavailable('no')],
        ]),
      ),
      accessKeys: collected(new Map([['ann', collected([{ id: 'AKIA1', userName: 'ann', active: true, createdAt: 0 }])]])),
    };
    const raw = await collectIdentityFact(name, bare, facts);
    const parsed = parseFact(name, raw);
    const items = parsed.status === 'collected' ? [...parsed.value] : [];
    const single = ['mfaCertifications'];
    expect(items.map(([, { status }]) => status)).toEqual([single.includes(name) ? 'collected' : 'unavailable']);
  });
});

describe('an error with which AWS says that there is none is not a failure', () => {
  const cases: Readonly<Record<string, readonly [fact: (typeof accountFactNames)[number], error: string, value: unknown]>> = {
    'no password policy': ['passwordPolicy', 'NoSuchEntityException', null],
    'no password policy, by its older name': ['passwordPolicy', 'NoSuchEntity', null],
    'no security contact': ['securityContact', 'ResourceNotFoundException', null],
    'no primary contact': ['contactDetails', 'ResourceNotFoundException', null],
    'no Organization': ['organization', 'AWSOrganizationsNotInUseException', null],
    'another account’s business': ['rootFeatures', 'AccountNotManagementOrDelegatedAdministratorException', null],
    'no Organization to manage root in': ['rootFeatures', 'OrganizationNotFoundException', null],
    'trusted access is off': ['rootFeatures', 'ServiceAccessNotEnabledException', { EnabledFeatures: [] }],
    'all features are off': ['rootFeatures', 'OrganizationNotInAllFeaturesModeException', { EnabledFeatures: [] }],
  };
  test.each(Object.entries(cases))('%s', async (_name, [fact, error, value]) => {
    const raw = await collectAccountFact(
      fact,
      awsThat(() => named(error)),
      nothingKnown,
    );
    expect(raw).toEqual(collected(value));
  });

  test.each(['passwordPolicy', 'securityContact', 'contactDetails', 'organization', 'rootFeatures'] as const)(
    'any other is: %s',
    async (fact) => {
      for (const thrown of [named('AccessDenied'), named('ServiceFailure'), 'nonsense'])
        expect((await collectAccountFact(fact, clientsThatThrow(thrown), nothingKnown)).status).toBe('unavailable');
    },
  );
});

describe('the lengths of sessions', () => {
  const app = aRole('app');
  const facts = { identities: collected(identities({ roles: [app] })) };
  const notCalled = awsThat(() => new Error('it was called'));

  test('are not collected if the admins are unknown', async () => {
    const hidden = unavailable('access was denied');
    expect(await collectRoleSessions(notCalled, facts, hidden)).toBe(hidden);
  });

  test('are none where AWS lists no role', async () => {
    const nothing = awsThat(() => ({ Roles: [] }));
    expect(await collectRoleSessions(nothing, facts, collected(adminAccess(app.arn)))).toEqual(collected({ Roles: [] }));
  });
});

describe('an item whose source is unavailable is unavailable too', () => {
  const nothing = Object.fromEntries(
    Object.keys(emptyAccount).map((name) => [name, unavailable(`${name} was denied`)]),
  ) as unknown as ObservedFacts;

  test.each(identityFactNames)('%s', async (name) => {
    const aws = awsThat(() => new Error('it was called'));
    expect(await collectIdentityFact(name, aws, nothing)).toMatchObject({
      status: 'unavailable',
      reason: expect.stringContaining('was denied') as string,
    });
  });

  test('without the report, a call is made for every user', async () => {
    const users = ['ann', 'bob'].map((name) => aUser(name));
    const facts = { ...nothing, identities: collected(identities({ users })) };
    const raw = await collectIdentityFact(
      'accessKeys',
      awsThat(() => ({ AccessKeyMetadata: [] })),
      facts,
    );
    expect(raw.status === 'collected' ? Object.keys(raw.value as object) : []).toEqual(['ann', 'bob']);
  });
});

test('a user who is deleted during the scan is left out, and the rest is evaluated', async () => {
  const there = await collectFrom(smallAccount);
  const gone = await collectFrom(smallAccount, { vanishedUsers: ['ann,ops'] });
  const keys = ({ snapshot: { facts } }: typeof there) =>
    facts.accessKeys.status === 'collected' ? [...facts.accessKeys.value.keys()] : [];
  expect(keys(there)).toContain('ann,ops');
  expect(keys(gone)).not.toContain('ann,ops');
  expect(gone.snapshot.facts.passwordPolicy).toEqual(there.snapshot.facts.passwordPolicy);
  expect(judge(gone.snapshot).findings.length).toBeGreaterThan(0);
});

describe('pages', () => {
  const pagesOf = (...pages: readonly Page[]) => {
    const asked: unknown[] = [];
    const left = [...pages];
    const request = (marker: object) => {
      asked.push(marker);
      return Promise.resolve(left.shift() ?? {});
    };
    return { asked, all: allPages(request) };
  };

  test('are followed by their marker, whatever they hold', async () => {
    const { asked, all } = pagesOf(
      { IsTruncated: true, Marker: 'a' },
      { IsTruncated: true, Marker: 'b' },
      { IsTruncated: false },
    );
    expect(await all).toHaveLength(3);
    expect(asked).toEqual([{}, { Marker: 'a' }, { Marker: 'b' }]);
  });

  test.each([
    ['says that it is the last', { IsTruncated: false, Marker: 'a' }],
    ['says nothing', {}],
  ])('end with one that %s', async (_name, page) => {
    expect(await pagesOf(page).all).toEqual([page]);
  });

  test('that go on, and do not say where, are an error, and not the end', async () => {
    await expect(pagesOf({ IsTruncated: true }).all).rejects.toThrow('AWS said that the list goes on, and not where');
  });

  test('with a repeated marker are an error, not an endless loop', async () => {
    const page = { IsTruncated: true, Marker: 'a' };
    await expect(pagesOf(page, page, page).all).rejects.toThrow('AWS returned the same page token twice');
  });
});

describe('one answer an item', () => {
  test.each(['NoSuchEntity', 'NoSuchEntityException'])('leaves out deleted items, by %s', async (name) => {
    const ask = (item: string) => (item === 'gone' ? Promise.reject(named(name)) : Promise.resolve(1));
    expect(await observeEach(['there', 'gone'], 'iam:X', ask)).toEqual({ there: collected(1) });
  });

  test('keeps what failed, with why', async () => {
    const ask = () => Promise.reject(named('ServiceFailure', 'try\nagain'));
    expect(await observeEach(['__proto__'], 'iam:X', ask)).toEqual(
      Object.fromEntries([['__proto__', unavailable('iam:X failed: ServiceFailure: try again', 'iam:X')]]),
    );
  });
});

describe('why a call failed', () => {
  test.each([
    ['an error', new Error('it was cut'), 'it was cut'],
    ['an error with a name', named('Throttling', 'Rate exceeded'), 'Throttling: Rate exceeded'],
    ['an error on several lines', new Error('a\n\t b'), 'a b'],
    ['an error of several addresses', named('AggregateError', '', { code: 'ECONNREFUSED' }), 'AggregateError: ECONNREFUSED'],
    ['an error that says nothing', new Error(''), 'no reason given'],
    ['an error with a code that is no text', named('Error', '', { code: 5 }), 'no reason given'],
    ['what is no error', 'a text', 'a text'],
    ['nothing', undefined, 'undefined'],
  ])('%s', (_name, thrown, reason) => {
    expect(reasonOf(thrown)).toBe(reason);
  });

  test('is one line that is not too long', () => {
    expect(reasonOf(new Error('x'.repeat(1000)))).toHaveLength(300);
  });

  const denial =
    'User: arn:aws:sts::1:assumed-role/x is not authorized to perform: iam:GetServiceLastAccessedDetails on resource: *';

  test.each([
    ['AccessDenied', 'no', 'access to iam:X was denied', 'iam:X'],
    ['AccessDeniedException', 'no', 'access to iam:X was denied', 'iam:X'],
    ['UnauthorizedOperation', 'no', 'access to iam:X was denied', 'iam:X'],
    ['AccessDenied', denial, 'access to iam:GetServiceLastAccessedDetails was denied', 'iam:GetServiceLastAccessedDetails'],
    ['AccessDeniedFor', 'no', 'iam:X failed: AccessDeniedFor: no', 'iam:X'],
  ])('%s: %s', (name, message, reason, action) => {
    expect(unseen(named(name, message), 'iam:X')).toEqual(unavailable(reason, action));
  });

  const answered = (httpStatusCode: number) => ({ $metadata: { httpStatusCode } });
  test.each<[name: string, thrown: unknown, kind: Failure['kind']]>([
    ['a refusal', named('AccessDenied', 'no', answered(403)), 'denied'],
    ['a refusal of a call inside another', new FailedCall('iam:Y', named('AccessDeniedException', 'no')), 'denied'],
    ['IAM that is asked too often', named('Throttling', 'Rate exceeded', answered(400)), 'throttled'],
    ['STS that is asked too often', named('ThrottlingException', 'Rate exceeded', answered(400)), 'throttled'],
    ['others that are asked too often', named('TooManyRequestsException', 'Rate exceeded', answered(429)), 'throttled'],
    ['no host', named('Error', 'getaddrinfo ENOTFOUND sts.example', { code: 'ENOTFOUND' }), 'unanswered'],
    ['a time-out', named('TimeoutError', 'x', { $metadata: { attempts: 12 } }), 'unanswered'],
    ['credentials that have ended', named('ExpiredTokenException', 'x', answered(403)), 'failed'],
    ['credentials that are not there', named('CredentialsProviderError', 'x'), 'failed'],
    ['a Region that is off', named('RegionDisabledException', 'x', answered(403)), 'failed'],
  ])('is of a kind: %s', (_name, thrown, kind) => {
    expect(failureOf(thrown, 'iam:X').kind).toBe(kind);
  });

  test('a reason tells a call that failed from one that was denied', () => {
    const tells = (thrown: unknown) => tellsOfFailure(failureOf(thrown, 'iam:X').reason, 'iam:X');
    expect([tells(named('AccessDenied', 'no')), tells(named('Throttling', 'no'))]).toEqual([false, true]);
  });

  test('is given if something else was thrown', () => {
    expect(unseen('nonsense', 'iam:X')).toEqual(unavailable('iam:X failed: nonsense', 'iam:X'));
  });

  test.each([
    ['an answer', named('X', '', { $metadata: { httpStatusCode: 403 } }), false],
    ['no answer', named('X', '', { $metadata: { attempts: 4 } }), true],
    ['no call', new Error('x'), true],
  ])('%s', (_name, thrown, expected) => {
    expect(isUnanswered(thrown)).toBe(expected);
  });
});

describe('who is calling', () => {
  const ask = (answer: unknown) =>
    whoIsCalling(awsThat(() => answer).iam as unknown as Parameters<typeof whoIsCalling>[0], undefined);

  test('is an account of a partition', async () => {
    expect(await ask({ Account: '111122223333', Arn: 'arn:aws-cn:iam::111122223333:user/ann' })).toEqual({
      partition: 'aws-cn',
      accountId: '111122223333',
    });
  });

  test.each([
    ['no ARN', { Account: '111122223333' }],
    ['an ARN that is none', { Account: '111122223333', Arn: 'ann' }],
    ['no account', { Arn: 'arn:aws:iam::111122223333:user/ann' }],
  ])('is not in an answer with %s', async (_name, answer) => {
    await expect(ask(answer)).rejects.toThrow(
      new UsageError('AWS did not return the account of the credentials. Run aws sts get-caller-identity to check them.'),
    );
  });
});

describe('an answer as JSON', () => {
  const at = new Date('2026-11-20T03:00:00Z');
  const document = { Version: '2012-10-17' };

  test.each([
    ['a date', { CreateDate: at }, { CreateDate: '2026-11-20T03:00:00.000Z' }],
    ['a document', { PolicyDocument: encodeURIComponent(JSON.stringify(document)) }, { PolicyDocument: document }],
    ['a text that looks like one', { Description: '{"a":1}' }, { Description: '{"a":1}' }],
    ['what the SDK adds', { $metadata: { attempts: 1 }, Marker: undefined, IsTruncated: false }, { IsTruncated: false }],
    ['lists and numbers', { Tags: [{ Key: 'a' }, null], Count: 5 }, { Tags: [{ Key: 'a' }, null], Count: 5 }],
    ['what JSON has not', { a: () => 1, b: 5n }, { a: null, b: null }],
  ])('%s', (_name, value, json) => {
    expect(toJson(value)).toEqual(json);
  });
});
