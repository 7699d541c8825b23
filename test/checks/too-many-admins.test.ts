import check from '../../lambda/scanner/checks/too-many-admins.ts';
import type { Verdict } from '../../lambda/scanner/model/verdict.ts';
import { aRole, aUser, identities } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

/** An account with so many users of each verdict, and roles that do not count. */
const given = (counts: Partial<Record<Verdict, number>>, apart = 0) => {
  const verdicts = Object.entries(counts) as [Verdict, number][];
  const people = verdicts.flatMap(([verdict, count]) =>
    Array.from({ length: count }, (_, index) => ({ user: aUser(`${verdict}-${index}`), verdict })),
  );
  const emergencies = Array.from({ length: apart }, (_, index) =>
    aUser(`bg-${index}`, { tags: new Map([['break-glass', 'true']]) }),
  );
  const platform = Array.from({ length: apart }, (_, index) => aRole(`stacksets-exec-${index}`));
  const linked = Array.from({ length: apart }, (_, index) => aRole(`Linked-${index}`, { path: '/aws-service-role/x/' }));
  return {
    identities: identities({ users: [...people.map(({ user }) => user), ...emergencies], roles: [...platform, ...linked] }),
    access: accessOf(
      ...people.map(({ user, verdict }) => aVerdict(user.arn, verdict)),
      ...emergencies.map(({ arn }) => aVerdict(arn, 'admin')),
      ...platform.map(({ arn }) => aVerdict(arn, 'admin', { platform: true })),
      ...linked.map(({ arn }) => aVerdict(arn, 'admin', { platform: true })),
    ),
  };
};

describeCheck(check, {
  passes: {
    'one in ten': given({ admin: 4, none: 36 }),
    'three of three: too few to be too many, whatever their share': given({ admin: 3 }),
    'admins of the platform and break-glass users, which other tools count': given({ none: 10 }, 20),
    'those that are admin only under conditions': given({ conditional: 10 }),
    'an empty account': {},
  },
  fails: {
    'more than one in ten': {
      given: given({ admin: 4, none: 35 }),
      says: 'Account 111122223333 has 4 admin principals among 39 users and roles\n4 have administrator access, and 0 can escalate to it or grant it. Their share is 10 %, and the limit is 10 %.',
      on: '111122223333',
      severity: 'MEDIUM',
    },
    'those that can escalate count': {
      given: given({ admin: 1, 'can-become-admin': 2, 'can-grant-admin': 1, conditional: 1, none: 5 }),
      says: 'Account 111122223333 has 4 admin principals among 10 users and roles\n1 have administrator access, and 3 can escalate to it or grant it.',
    },
    'those that do not count as admins do not count among the rest either': {
      given: given({ admin: 4, none: 30 }, 10),
      says: '4 admin principals among 34',
    },
    'limits of one’s own': {
      given: given({ admin: 2, none: 2 }),
      params: { minAdmins: 2, maxPercent: 49 },
      says: '2 admin principals among 4',
    },
  },
});
