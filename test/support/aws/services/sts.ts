import type { Handler, Handlers } from '../call.ts';

const getCallerIdentity: Handler = ({ caller, snapshot }) => ({
  Arn: caller,
  UserId: 'AROAIAMVIGILSCANNER0:scan',
  Account: snapshot.accountId,
});

/** The actions of STS. */
export const sts: Handlers = new Map([['GetCallerIdentity', getCallerIdentity]]);
