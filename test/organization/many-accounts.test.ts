import { organizationEdges } from '../../bench/organization/edges.ts';
import { crossAccountReach } from '../../lambda/scanner/organization/analyze-accounts.ts';
import { readReach, saveReach, type SavedReach } from '../../lambda/scanner/organization/saved-reach.ts';
import { PATHS_TOLD, type PrincipalReach } from '../../lambda/scanner/model/reach.ts';
import { correlate } from '../../lambda/scanner/organization/correlate/correlate.ts';

const accounts = [...organizationEdges(120)];
const { reaches } = correlate(accounts);

const ids = accounts.map(({ account }) => account);

test('sets of many accounts are listed as small ones are: sorted, each once, and known', () => {
  expect(reaches.some(({ accounts: reached }) => reached.length > 60)).toBe(true);
  for (const { accounts: reached, ifConditions } of reaches) {
    expect(reached).toEqual([...new Set(reached)].toSorted());
    expect(reached.filter((id) => !ids.includes(id) || ifConditions.includes(id))).toEqual([]);
  }
});

test('who goes on from where another is goes wherever that one goes', () => {
  const reachOf = new Map(reaches.map((reach) => [reach.principal.arn, new Set(reach.accounts)]));
  const groups = accounts.flatMap(({ actAs }) => actAs);
  const pairs = groups.flatMap(({ to, paths }) =>
    paths.flatMap(({ from, conditions }) => (conditions.length > 0 ? [] : to.map((arn) => ({ from, to: arn })))),
  );
  const followed = pairs.flatMap(({ from, to }) => {
    const [own, further] = [reachOf.get(from ?? ''), reachOf.get(to)];
    return own && further ? [{ own, further }] : [];
  });
  expect(followed.length).toBeGreaterThan(2);
  for (const { own, further } of followed) expect([...further].filter((id) => !own.has(id))).toEqual([]);
});

test('what is saved of an account has each list of accounts once, and comes back as it was', () => {
  const reachOf = crossAccountReach(accounts);
  for (const { account } of accounts) {
    const reach = reachOf(account);
    const saved = JSON.parse(JSON.stringify(saveReach(reach))) as SavedReach;
    expect(saved.lists).toHaveLength(new Set(saved.lists.map(String)).size);
    const restored = readReach(saved);
    expect([...(restored ?? [])].map(told)).toEqual([...reach].map(told));
  }
});

const told = ([arn, { paths, ...principal }]: readonly [string, PrincipalReach]) => [arn, principal, paths(PATHS_TOLD)];
