/** Whether the condition key tells of MFA. */
export const isMfaKey = (key: string): boolean => /^aws:multifactorauth(present|age)$/i.test(key);

/** Values of condition keys; null: the request does not have the key. */
type KeyValues = Readonly<Record<string, readonly string[] | null>>;

/**
 * What requests by access key say of MFA: nothing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
 */
export const byAccessKey: KeyValues = { 'aws:multifactorauthpresent': null, 'aws:multifactorauthage': null };

/** What requests in a session that was opened without MFA say of it. */
export const inSessionWithoutMfa: KeyValues = { ...byAccessKey, 'aws:multifactorauthpresent': ['false'] };
