import type { Report } from '../model/report.ts';
import { printable } from './printable.ts';

/** How an account is written: its ID, with its name where that is known. */
export function accountNames({ accounts }: Pick<Report, 'accounts'>): (account: string) => string {
  const names = new Map(accounts.map(({ account, name }) => [account, name]));
  return (account) => {
    const name = names.get(account);
    return name === undefined ? account : `${account} (${printable(name)})`;
  };
}
