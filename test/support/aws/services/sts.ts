import type { Handler, Handlers } from '../call.ts';
import { Refusal, accessDenied } from '../refusal.ts';

const getCallerIdentity: Handler = ({ caller, snapshot }) => ({
  Arn: caller,
  UserId: 'AROAIAMVIGILSCANNER0:scan',
  Account: snapshot.accountId,
});

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html#API_AssumeRole_Errors */
const stsIsOff = () => new Refusal(403, 'RegionDisabledException', 'STS is not activated in this region for this account');

/** The key of the session says which account it acts in. */
const assumeRole: Handler = (served, call) => {
  const accountId = (call.parameters.get('RoleArn') ?? '').split(':')[4] ?? '';
  const { accountsWithoutRole = [], accountsWithoutSts = [], members } = served.quirks;
  const isThere = members === undefined || members.has(accountId) || accountId === served.snapshot.accountId;
  if (!isThere || accountsWithoutRole.includes(accountId)) throw accessDenied(served.caller, call);
  if (accountsWithoutSts.includes(accountId)) throw stsIsOff();
  return {
    Credentials: {
      AccessKeyId: `ASIA${accountId}EXMP`,
      SecretAccessKey: 'example',
      SessionToken: 'example',
      Expiration: '2100-01-01T00:00:00Z',
    },
  };
};

/** The actions of STS. */
export const sts: Handlers = new Map([
  ['GetCallerIdentity', getCallerIdentity],
  ['AssumeRole', assumeRole],
]);
