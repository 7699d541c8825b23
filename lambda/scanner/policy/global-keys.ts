import type { Controller, KnownValue, UnknownValue } from './context.ts';

/** Who decides the value of a global condition key, and what a call has that any caller can make. */
export interface GlobalKey {
  readonly controlledBy: Controller;
  /**
   * The value when the caller calls directly, from the internet, with credentials that it got without the help of a service. A
   * caller that need not carry the key is not stopped by a Deny that asks for it. Undefined: every call depends on it.
   */
  readonly usual?: KnownValue;
}

const absent: KnownValue = { state: 'absent' };
const caller: GlobalKey = { controlledBy: 'caller' };
const environment: GlobalKey = { controlledBy: 'environment' };
const time: GlobalKey = { controlledBy: 'time' };

/** The key is there only where the call takes that way: through a VPC endpoint, a service, a chat channel. */
const onlyThatWay: GlobalKey = { controlledBy: 'environment', usual: absent };

/** An address on the internet. Policies name networks of their own, which do not contain it. */
const anyAddress: GlobalKey = { controlledBy: 'environment', usual: { state: 'present', values: ['93.184.215.14'] } };

/**
 * The global condition keys (lower case), those that services set for calls to others included; a key that ends in `/` stands for
 * a family. "Availability" of each key:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export const globalKeys: Readonly<Record<string, GlobalKey>> = {
  // Properties of the principal.
  'aws:principalarn': environment,
  'aws:principalaccount': environment,
  'aws:principalorgid': environment,
  'aws:principalorgpaths': environment,
  'aws:principaltag/': environment,
  'aws:principaltype': environment,
  'aws:principalisawsservice': environment,
  'aws:principalservicename': environment,
  'aws:principalservicenameslist': environment,
  'aws:userid': environment,
  'aws:username': environment,
  // Properties of the session.
  'aws:assumedroot': onlyThatWay,
  'aws:chatbotsourcearn': onlyThatWay,
  'aws:ec2instancesourceprivateipv4': onlyThatWay,
  'aws:ec2instancesourcevpc': onlyThatWay,
  'aws:federatedprovider': onlyThatWay,
  'aws:multifactorauthage': environment,
  'aws:multifactorauthpresent': environment,
  'aws:sourceidentity': caller,
  'aws:tokenissuetime': time,
  'codebuild:buildarn': onlyThatWay,
  'codebuild:projectarn': onlyThatWay,
  'ec2:roledelivery': onlyThatWay,
  'ec2:sourceinstancearn': onlyThatWay,
  'glue:credentialissuingservice': onlyThatWay,
  'glue:roleassumedby': onlyThatWay,
  'identitystore:userid': environment,
  'lambda:sourcefunctionarn': onlyThatWay,
  'ssm:sourceinstancearn': onlyThatWay,
  // Properties of the network.
  'aws:sourceip': anyAddress,
  'aws:sourcevpc': onlyThatWay,
  'aws:sourcevpcarn': onlyThatWay,
  'aws:sourcevpce': onlyThatWay,
  'aws:vpceaccount': onlyThatWay,
  'aws:vpceorgid': onlyThatWay,
  'aws:vpceorgpaths': onlyThatWay,
  'aws:vpcsourceip': onlyThatWay,
  // Properties of the resource.
  'aws:resourceaccount': environment,
  'aws:resourceorgid': environment,
  'aws:resourceorgpaths': environment,
  'aws:resourcetag/': environment,
  // Properties of the request.
  'aws:calledvia': environment,
  'aws:calledviafirst': environment,
  'aws:calledvialast': environment,
  'aws:currenttime': time,
  'aws:epochtime': time,
  'aws:referer': caller,
  'aws:requestedregion': caller,
  'aws:requesttag/': caller,
  'aws:securetransport': caller,
  'aws:sourceaccount': environment,
  'aws:sourcearn': environment,
  'aws:sourceorgid': environment,
  'aws:sourceorgpaths': environment,
  'aws:tagkeys': caller,
  'aws:useragent': caller,
  'aws:viaawsservice': environment,
};

/**
 * Keys of one service that name what the caller uses, and that others may have written: the template of a stack. It is there only where the
 * template is not in the request.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/control-access-with-iam.html
 */
const serviceKeys: Readonly<Record<string, GlobalKey>> = { 'cloudformation:templateurl': onlyThatWay };

/**
 * Whether a service puts the key (lower case) into the sessions that it hands out, so that calls to all others carry it:
 * `lambda:SourceFunctionArn`.
 */
export const isKeyOfSession = (key: string): boolean => !key.startsWith('aws:') && Object.hasOwn(globalKeys, key);

/** The row of a key (lower case), its family included; undefined for most keys of one service. */
function knownKey(key: string): GlobalKey | undefined {
  const slash = key.indexOf('/');
  return globalKeys[slash < 0 ? key : key.slice(0, slash + 1)] ?? serviceKeys[key];
}

// Existing tags, and the claims of an identity provider (`….com:sub`, `saml:aud`).
const environmentFamilies = [/:(resourcetag|existingobjecttag)\//, /^saml:/, /^[^:]*\.[^:]*:/];

/**
 * Who controls a key that the snapshot cannot decide, by its description in the AWS documentation. A key that neither the
 * environment nor time controls is a parameter of the request, and so the caller controls it: `aws:RequestedRegion`,
 * `aws:RequestTag/…`, `sts:ExternalId`, `s3:prefix`, `ec2:InstanceType`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function controllerOf(key: string): Controller {
  const lower = key.toLowerCase();
  const known = knownKey(lower);
  if (known !== undefined) return known.controlledBy;
  return environmentFamilies.some((family) => family.test(lower)) ? 'environment' : 'caller';
}

/** The value of a key (lower case) that nothing is known of. */
export function unknownValue(key: string): UnknownValue {
  const usual = knownKey(key)?.usual;
  return { state: 'unknown', controlledBy: controllerOf(key), ...(usual && { usual }) };
}
