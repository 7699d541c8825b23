import { MAX_HEADLINE, describeResource, fitHeadline, shortenMiddle } from '../../lambda/scanner/model/headline.ts';

describe('a headline', () => {
  const long = `${'a'.repeat(100)}-production-admin`;

  test('that is short enough stays as it is', () => {
    expect(fitHeadline('IAM user ann has a console password and no MFA', 'ann')).toBe(
      'IAM user ann has a console password and no MFA',
    );
  });

  test('keeps the beginning and the end of a long name, and all that is said of it', () => {
    const headline = fitHeadline(`IAM role ${long} can be assumed by any AWS account`, long);
    expect(Array.from(headline)).toHaveLength(MAX_HEADLINE);
    expect(headline).toMatch(/^IAM role aaa+…[a-z-]+production-admin can be assumed by any AWS account$/);
  });

  test('is cut off where the name is not what makes it long', () => {
    const headline = fitHeadline(`IAM user ann ${'has policies '.repeat(20)}`, 'ann');
    expect(Array.from(headline)).toHaveLength(MAX_HEADLINE);
    expect(headline).toMatch(/^IAM user ann has policies.*…$/);
  });

  test('is cut between characters, and a name that looks like a pattern is only a name', () => {
    const name = `$&${'😀'.repeat(130)}`;
    const headline = fitHeadline(`IAM user ${name} has no MFA`, name);
    expect(Array.from(headline).length).toBeLessThanOrEqual(MAX_HEADLINE);
    expect(headline).toMatch(/^IAM user \$&(😀)+…(😀)+ has no MFA$/u);
  });
});

test.each([
  ['short', 20, 'short'],
  ['abcdefghij', 5, 'ab…ij'],
])('%s in %d characters is %s', (name, length, expected) => {
  expect(shortenMiddle(name, length)).toBe(expected);
});

test.each([
  ['AwsIamUser', 'arn:aws:iam::111122223333:user/root', 'root', 'IAM user root'],
  ['AwsIamUser', 'arn:aws:iam::111122223333:root', 'root', 'Root user'],
  ['AwsAccount', 'AWS::::Account:111122223333', '111122223333', 'Account 111122223333'],
] as const)('%s %s is named %s', (type, arn, name, expected) => {
  expect(describeResource({ type, arn, name })).toBe(expected);
});
