/** Whether the condition key is about MFA. */
export const isMfaKey = (key: string): boolean => /^aws:multifactorauth(present|age)$/i.test(key);

/** Values of condition keys; null: the request does not have the key. */
type KeyValues = Readonly<Record<string, readonly string[] | null>>;

/**
 * The MFA keys of a request signed with an access key: the request has none of them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
 */
export const byAccessKey: KeyValues = { 'aws:multifactorauthpresent': null, 'aws:multifactorauthage': null };

/** The MFA keys of a request in a session that was opened without MFA. */
export const inSessionWithoutMfa: KeyValues = { ...byAccessKey, 'aws:multifactorauthpresent': ['false'] };
