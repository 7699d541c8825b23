import type { RawFactName } from '../../../../lambda/scanner/facts/index.ts';
import type { Handler } from '../call.ts';
import { field, isObject, list, text } from '../json-access.ts';
import { pageOf } from '../pages.ts';
import { Refusal, noSuchEntity } from '../refusal.ts';
import { factOf, itemOf } from '../served.ts';

/** The counters of the account, as they are in the snapshot. */
export const getAccountSummary: Handler = (served, call) => factOf(served, call, 'accountSummary');

/** Refuses where the account has no policy. */
export const getAccountPasswordPolicy: Handler = (served, call) => {
  const answer = factOf(served, call, 'passwordPolicy');
  // The AWS CLI's file of an account without one may be an empty object.
  if (field(answer, 'PasswordPolicy') === undefined)
    throw noSuchEntity(`The Password Policy with domain name ${served.snapshot.accountId} cannot be found.`);
  return answer;
};

/** Refuses where the account is neither the management account nor the delegated administrator of IAM. */
export const listOrganizationsFeatures: Handler = (served, call) => {
  const answer = factOf(served, call, 'rootFeatures');
  if (answer !== null) return answer;
  throw new Refusal(
    400,
    'AccountNotManagementOrDelegatedAdministratorException',
    `The account ${served.snapshot.accountId} is neither the management account nor a delegated administrator`,
  );
};

/** All server certificates, by page. */
export const listServerCertificates: Handler = (served, call) => {
  const certificates = list(factOf(served, call, 'serverCertificates'), 'ServerCertificateMetadataList');
  const { items, end } = pageOf(served, call, certificates);
  return { ServerCertificateMetadataList: items, ...end };
};

/** The providers of a fact, all in one answer: AWS gives no pages here. */
export const listProviders =
  (fact: RawFactName, name: string, fields: readonly string[]): Handler =>
  (served, call) => {
    const providers = factOf(served, call, fact);
    const arns = isObject(providers) ? Object.keys(providers) : [];
    const summary = (arn: string) => {
      const value = isObject(providers) && isObject(providers[arn]) ? providers[arn]['value'] : undefined;
      return { Arn: arn, ...Object.fromEntries(fields.map((field) => [field, text(value, field) ?? null])) };
    };
    return { [name]: arns.map(summary) };
  };

/** One provider, by the ARN in the named parameter. */
export const getProvider =
  (fact: RawFactName, parameter: string): Handler =>
  (served, call) => {
    const arn = call.parameters.get(parameter) ?? '';
    const provider = itemOf(served, call, fact, arn);
    if (provider === undefined) throw noSuchEntity(`Manifest not found for arn ${arn}`);
    if (!isObject(provider)) return provider;
    // The AWS CLI's files of some hold it, where AWS does not send it.
    const { Arn: _, ...answer } = provider;
    return answer;
  };
