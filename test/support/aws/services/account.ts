import type { Handler, Handlers } from '../call.ts';
import { isObject } from '../json-access.ts';
import { Refusal } from '../refusal.ts';
import { factOf } from '../served.ts';

const getAlternateContact: Handler = (served, call) => {
  const contact = factOf(served, call, 'securityContact');
  // The snapshot holds the security contact alone; the account is taken to have no other.
  if (call.parameters.get('AlternateContactType') === 'SECURITY' && isObject(contact)) return contact;
  throw new Refusal(404, 'ResourceNotFoundException', 'No contact of the inputted alternate contact type found.');
};

/** The actions of Account Management. */
export const account: Handlers = new Map([['GetAlternateContact', getAlternateContact]]);
