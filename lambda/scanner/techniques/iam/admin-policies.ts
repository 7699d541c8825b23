import type { Account } from '../../iam/account.ts';

/** AWS managed policies that make a principal admin, at once or in one more step. */
export const adminPolicies = ({ partition }: Account) =>
  ['AdministratorAccess', 'IAMFullAccess'].map((name) => `arn:${partition}:iam::aws:policy/${name}`);
