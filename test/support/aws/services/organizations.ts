import type { Handler, Handlers } from '../call.ts';
import { Refusal } from '../refusal.ts';
import { factOf } from '../served.ts';

const describeOrganization: Handler = (served, call) => {
  const organization = factOf(served, call, 'organization');
  if (organization !== null) return organization;
  throw new Refusal(400, 'AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.');
};

/** The actions of Organizations. */
export const organizations: Handlers = new Map([['DescribeOrganization', describeOrganization]]);
