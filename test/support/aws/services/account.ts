import type { Handler, Handlers } from '../call.ts';
import { regionsOf, tokenPage } from '../inventory.ts';
import { isObject } from '../json-access.ts';
import { Refusal } from '../refusal.ts';
import { factOf } from '../served.ts';

const getAlternateContact: Handler = (served, call) => {
  const contact = factOf(served, call, 'securityContact');
  // The snapshot holds the security contact alone; the account is taken to have no other.
  if (call.parameters.get('AlternateContactType') === 'SECURITY' && isObject(contact)) return contact;
  throw new Refusal(404, 'ResourceNotFoundException', 'No contact of the inputted alternate contact type found.');
};

const getContactInformation: Handler = (served, call) => {
  const contact = factOf(served, call, 'contactDetails');
  if (isObject(contact)) return contact;
  throw new Refusal(404, 'ResourceNotFoundException', 'No contact information found.');
};

/** A Region that the account has not enabled. */
const DISABLED = { RegionName: 'af-south-1', RegionOptStatus: 'DISABLED' };

/** The Regions with their status; one that is not enabled is among them, for whoever does not ask for those that are. */
const listRegions: Handler = (served, call) => {
  const wanted = JSON.parse(call.parameters.get('RegionOptStatusContains') ?? '[]') as readonly string[];
  const enabled = regionsOf(served, call).map((RegionName, index) => ({
    RegionName,
    RegionOptStatus: index === 0 ? 'ENABLED_BY_DEFAULT' : 'ENABLED',
  }));
  const regions = [...enabled, DISABLED].filter(({ RegionOptStatus }) => wanted.length === 0 || wanted.includes(RegionOptStatus));
  const { items, next } = tokenPage(served, call, regions, { token: 'NextToken', size: 'MaxResults' });
  return { Regions: items, NextToken: next };
};

/** The actions of Account Management. */
export const account: Handlers = new Map([
  ['GetAlternateContact', getAlternateContact],
  ['GetContactInformation', getContactInformation],
  ['ListRegions', listRegions],
]);
