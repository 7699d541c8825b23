/** Where the roles are that IAM Identity Center creates for permission sets. They can be changed only there. */
export const IDENTITY_CENTER_ROLES = '/aws-reserved/';

const LANDING_ZONE = 'If the landing zone needs this access, keep it, and limit who can assume the role. Otherwise remove it.';

const PERMISSION_SET =
  'If the users of the permission set need this access, keep it. Otherwise remove it from the permission set in IAM Identity Center.';

/** What to consider before the access of a platform role is changed: the role may need it. */
export const platformCaution = (arn: string): string =>
  arn.includes(`:role${IDENTITY_CENTER_ROLES}`) ? PERMISSION_SET : LANDING_ZONE;
