import { compiledAccount } from '../../../lambda/scanner/check-support/principals/compiled-account.ts';
import { ACCOUNT, NOW, aReport, aRow, aUser, identities } from '../../support/builders.ts';

const context = { accountId: ACCOUNT, partition: 'aws', now: NOW };

test('an account is opened once for the same facts, and anew for others', () => {
  const facts = { identities: identities({ users: [aUser('ann')] }), credentialReport: aReport(aRow('ann')) };
  const opened = compiledAccount(facts, context);
  expect(opened.principals.map(({ arn }) => arn)).toEqual([aUser('ann').arn]);
  expect(compiledAccount({ ...facts }, context)).toBe(opened);
  expect(compiledAccount({ ...facts, credentialReport: aReport() }, context)).not.toBe(opened);
});

test('what the checks do not need stays unseen', () => {
  const { facts } = compiledAccount({ identities: identities({}), credentialReport: aReport() }, context);
  expect(facts.organization).toEqual({ status: 'unavailable', reason: 'it is not in the snapshot' });
  expect(facts.credentialReport.status).toBe('collected');
});
