import { identitiesIn, identitiesMeant } from '../../lambda/scanner/organization/find-identities.ts';
import { snapshotIn } from './support.ts';

const among = identitiesIn([
  snapshotIn('222233334444', { users: { ann: {}, 'ann-marie': {} }, roles: { Deploy: {} } }),
  snapshotIn('333344445555', { users: { bob: {} }, roles: { Deploy: {} } }),
]);
const meant = (text: string) => identitiesMeant(text, among).map(({ arn }) => arn);

test.each([
  ['a whole ARN', 'arn:aws:iam::222233334444:user/ann', ['arn:aws:iam::222233334444:user/ann']],
  ['a whole name before a part', 'ann', ['arn:aws:iam::222233334444:user/ann']],
  ['a part, in any case', 'MARIE', ['arn:aws:iam::222233334444:user/ann-marie']],
  ['a name in two accounts', 'Deploy', ['arn:aws:iam::222233334444:role/Deploy', 'arn:aws:iam::333344445555:role/Deploy']],
  ['an account and a kind', '333344445555:user', ['arn:aws:iam::333344445555:user/bob']],
  ['nothing', 'zoe', []],
])('%s', (_name, text, arns) => {
  expect(meant(text)).toEqual(arns);
});

test('every account has its root user', () => {
  expect(meant('root')).toEqual(['arn:aws:iam::222233334444:root', 'arn:aws:iam::333344445555:root']);
});
