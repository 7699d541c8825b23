import { identitiesSchema } from '../../lambda/scanner/facts/identities.ts';
import { decodeDocument, documentSchema, documentSharer } from '../../lambda/scanner/model/policy-document.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';

const document = {
  Version: '2012-10-17',
  Statement: [{ Sid: "it's (odd)! + 100%", Effect: 'Allow', Action: '*', Resource: 'é' }],
};
const text = JSON.stringify(document);
const nested = (levels: number): Json => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`) as Json;

const cases: Readonly<Record<string, readonly [Json, Json]>> = {
  'a document': [document, document],
  'its text': [text, document],
  'its text with space before': [`\n ${text}`, document],
  'its text, URL-encoded': [encodeURIComponent(text), document],
  'its text, URL-encoded as RFC 3986 has it': [
    encodeURIComponent(text).replace(/[!'()]/g, (c) => `%${c.charCodeAt(0).toString(16)}`),
    document,
  ],
  'text that is not JSON': ['{"Version": 100%', '{"Version": 100%'],
  'text that is not URL-encoded': ['%zz', '%zz'],
  nothing: ['', ''],
  null: [null, null],
  'a number': [5, 5],
  'as many levels as any policy needs': [nested(100), nested(100)],
  'too many levels': [nested(101), 'a document of more than 100 levels'],
  'too many levels as text': [`{"a":${JSON.stringify(nested(101))}}`, 'a document of more than 100 levels'],
  'far too many levels': [nested(100_000), 'a document of more than 100 levels'],
};

test.each(Object.entries(cases))('%s', (_name, [sent, decoded]) => {
  expect(decodeDocument(sent)).toEqual(decoded);
  expect(documentSchema.parse(sent)).toEqual(decoded);
});

test('a document that is missing is null', () => {
  expect(documentSchema.parse(undefined)).toBeNull();
});

test('equal documents become one object, and others stay apart', () => {
  const [first, ...others] = [document, { ...document }, { ...document, Version: '2008-10-17' }, text].map(documentSharer());
  expect(others.map((other) => other === first)).toEqual([true, false, false]);
  expect(first).toBe(document);
});

test('the identities of an account share equal documents, wherever they stand', () => {
  const inline = { PolicyName: 'own', PolicyDocument: encodeURIComponent(text) };
  const names = { UserName: 'u', UserId: 'AIDAU', Arn: 'arn:aws:iam::111122223333:user/u', UserPolicyList: [inline] };
  const role = { RoleName: 'r', RoleId: 'AROAR', Arn: 'arn:aws:iam::111122223333:role/r', AssumeRolePolicyDocument: document };
  const { users, roles } = identitiesSchema.parse({ UserDetailList: [names], RoleDetailList: [role] });
  expect(users[0]?.inlinePolicies[0]?.document).toBe(roles[0]?.trustPolicy);
});
